import type { AuctionSpec, Registration } from '@quorate/auction'
import type { Command } from '@quorate/contracts'
import { utf8 } from '@quorate/core'
import type { Cluster } from '../cluster/cluster.ts'
import { recordDraft, signProposal } from './proposals.ts'

const MICRO = 1_000_000

const agent = (name: string, rate: number): Registration => ({
  name,
  capabilities: { gpu: 900_000 },
  capacity: { cpu: 4_000 },
  rate: rate * MICRO,
  throughput: MICRO,
  quality: 800_000,
  strategy: 'truthful'
})

const SPEC: AuctionSpec = {
  task: 'the only task',
  taskClass: 'general',
  capabilities: { gpu: 500_000 },
  resources: { cpu: 500 },
  weights: { cost: 400_000, quality: 300_000, performance: 200_000, reliability: 100_000 },
  work: 10 * MICRO,
  reserve: 100 * MICRO,
  floor: 0,
  targetMs: 10_000,
  scoring: { id: 'anchored', version: 1 },
  payment: 'second-score',
  minBids: 1,
  bidWindowMs: 150,
  initiatorMayBid: false,
  nonce: utf8('a fixed nonce 16')
}

interface Step {
  readonly atMs: number
  /** Index of the member that is asked. */
  readonly node: number
  readonly command: (cluster: Cluster) => Command
}

const submit = (...names: readonly string[]): Step['command'] => {
  const payload = { drafts: names.map(recordDraft), token: `sim:${names.join()}` }
  return () => ({ name: 'consensus.submit', payload })
}

const register = (name: string, rate: number): Step['command'] => {
  const payload = { token: `sim:${name}`, agent: agent(name, rate) }
  return () => ({ name: 'auction.register-agent', payload })
}

/** A little of everything: records, an auction from registration to award, proposals. About half a second. */
const STEPS: readonly Step[] = [
  { atMs: 20, node: 1, command: submit('one', 'two') },
  { atMs: 30, node: 2, command: register('ada', 2) },
  { atMs: 30, node: 3, command: register('bob', 3) },
  { atMs: 80, node: 0, command: cluster => proposal(cluster, 0) },
  {
    atMs: 120,
    node: 1,
    command: () => ({ name: 'auction.announce', payload: { token: 'sim:lot', spec: SPEC } })
  },
  { atMs: 200, node: 3, command: submit('three') },
  { atMs: 350, node: 2, command: cluster => proposal(cluster, 2) },
  { atMs: 360, node: 0, command: submit('four') }
]

const proposal = (cluster: Cluster, node: number): Command => {
  const peer = cluster.members[node]?.peerId ?? ''
  const frame = signProposal(cluster, peer, { statement: `asked by ${peer}`, createdAt: cluster.world.now() })
  return { name: 'ballots.propose', payload: { frame, token: `sim:p${node}` } }
}

/** Asks for the same few things in every run; a node that is down is not asked. */
export const shortWork = (cluster: Cluster, note: (what: string) => void): void => {
  const begun = cluster.world.now()
  for (const step of STEPS) {
    cluster.world.at(begun + step.atMs, () => {
      const member = cluster.members[step.node]
      const command = step.command(cluster)
      if (member?.running) note(`${command.name} at ${member.peerId}`)
      member?.running?.node.command(command)
    })
  }
}
