import type { PeerId, StateReader } from '@quorate/contracts'
import type { Lie } from '../../src/byzantine/liar.ts'
import type { Checker } from '../../src/checkers/checker.ts'
import type { Cluster } from '../../src/cluster/cluster.ts'
import type { Member } from '../../src/cluster/member.ts'
import { simulationPlugins } from '../../src/cluster/plugins.ts'
import { heal } from '../../src/faults/fault-plan.ts'
import type { RunInit } from '../../src/run/run-seed.ts'
import { runSeed } from '../../src/run/run-seed.ts'
import type { RunResult } from '../../src/run/result.ts'
import { createPrng } from '@quorate/core'
import { pbftGroup } from '../../src/scenarios/pbft.ts'
import type { Scenario } from '../../src/scenarios/scenario.ts'
import { undecided } from '../../src/scenarios/undecided.ts'
import { recordDraft, signProposal } from '../../src/workload/proposals.ts'

export interface Directed {
  readonly peers?: number
  readonly liars?: ReadonlyMap<PeerId, readonly Lie[]>
  readonly gossip?: boolean
  readonly policy?: 'manual'
  readonly checkers?: readonly Checker[]
  readonly faultsMs?: number
  readonly livenessMs?: number
  readonly prepare?: (cluster: Cluster) => void
  readonly script: (cluster: Cluster, at: (ms: number, work: () => void) => void) => void
}

/** A scenario that does what a test says, on a calm network. */
export const directed = (test: Directed): Scenario => ({
  name: 'directed',
  about: 'what a test says',
  plan: ({ prng, note }) => {
    const { group, checkers } = pbftGroup(test.peers ?? 4, prng)
    return {
      group: {
        ...group,
        ...(test.liars ? { liars: test.liars } : {}),
        ...(test.policy ? { settings: { ballots: { policy: test.policy } } } : {}),
        gossip: test.gossip ?? false
      },
      checkers: [...checkers, ...(test.checkers ?? [])],
      faultsMs: test.faultsMs ?? 2_000,
      livenessMs: test.livenessMs ?? 60_000,
      ...(test.prepare ? { prepare: test.prepare } : {}),
      begin: cluster => {
        const begun = cluster.world.now()
        test.script(cluster, (ms, work) => void cluster.world.at(begun + ms, work))
      },
      heal: cluster => heal({ cluster, prng: createPrng(1), note }),
      missing: undecided
    }
  }
})

export interface Ran extends RunResult {
  readonly cluster: Cluster
}

const plugins = simulationPlugins()

/** Runs a directed scenario; gives the cluster, too, to look at. */
export const run = (test: Directed, init: Partial<RunInit> = {}): Ran => {
  const seen: Cluster[] = []
  const scenario = directed({
    ...test,
    script: (cluster, at) => {
      seen.push(cluster)
      test.script(cluster, at)
    }
  })
  const result = runSeed({ scenario, seed: 1, plugins, ...init })
  return { ...result, cluster: seen[0] as Cluster }
}

export const record = (cluster: Cluster, node: number, name: string): void =>
  cluster.members[node]?.running?.node.command({
    name: 'consensus.submit',
    payload: { drafts: [recordDraft(name)], token: `test:${name}` }
  })

/** Proposes, and gives the proposal's id. */
export const propose = (cluster: Cluster, node: number, statement: string): string => {
  const peerId = cluster.members[node]?.peerId ?? ''
  const frame = signProposal(cluster, peerId, { statement, createdAt: cluster.world.now() })
  cluster.members[node]?.running?.node.command({
    name: 'ballots.propose',
    payload: { frame, token: `test:${statement}` }
  })
  const opened = cluster.signing.open(frame)
  return opened.ok ? opened.envelope.digest : ''
}

/** A little of everything every 100 ms, from all peers in turn. */
export const busy = (cluster: Cluster, at: (ms: number, work: () => void) => void, untilMs = 1_500): void => {
  for (let ms = 50, i = 0; ms < untilMs; ms += 100, i++) {
    at(ms, () => {
      if (i % 3 === 0) propose(cluster, i % cluster.members.length, `proposal ${i}`)
      else record(cluster, i % cluster.members.length, `record ${i}`)
    })
  }
}

/** The agreed state as a node that runs has it. */
export const stateOf = ({ running, peerId }: Member): StateReader => {
  if (!running) throw new Error(`${peerId} is down`)
  return running.ledger.state
}
