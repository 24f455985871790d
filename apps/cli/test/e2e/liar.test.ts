/** One member runs a program that signs two ballots on the same proposal. The honest three find out, all of them. */
import { resolve } from 'node:path'
import type { EvidenceDetail, EvidenceView, ProposalView } from '@quorate/contracts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { signal, startScript } from './support/daemon-process.ts'
import type { Running } from './support/daemon-process.ts'
import { startGroup } from './support/group.ts'
import type { Group } from './support/group.ts'
import type { Peer } from './support/peer.ts'
import { until } from './support/until.ts'

/** Built, as a process of its own: no part of the command line. */
const program = resolve(import.meta.dirname, '../../../daemon/dist/liar/main.js')

let group: Group
let liar: Peer
let honest: readonly Peer[]
let lies: Running

beforeAll(async () => {
  group = await startGroup()
  liar = group.peer(4)
  honest = group.others(liar)
  await liar.end('SIGTERM')
  lies = startScript(program, ['--home', liar.home, ...(await addresses())])
  await until('the liar is connected with all others', () =>
    honest.every(({ peerId }) => isConnected(peerId))
  )
  await Promise.all(honest.map(peer => until('they are with it', () => sees(peer))))
})
afterAll(async () => {
  if (lies) signal(lies.pid, 'SIGKILL')
  await group?.dispose()
})

async function addresses(): Promise<string[]> {
  const all = await Promise.all(honest.map(({ client }) => client.status()))
  return all.flatMap(status => status.addresses ?? []).flatMap(address => ['--peer', address])
}

const isConnected = (peerId: string): boolean =>
  lies.stdout().includes(`{"peer":"${peerId}","connected":true}`)

async function sees({ client }: Peer): Promise<boolean> {
  return (await client.peers()).some(({ peerId, connected }) => peerId === liar.peerId && connected)
}

it('is convicted on every honest member, and nobody else is', async () => {
  const [first = liar] = honest
  const { code, value } = await first.json<ProposalView>('propose', 'Trust, but verify')
  expect([code, value.outcome]).toEqual([0, 'accepted'])
  const found = await Promise.all(honest.map(convictions))
  for (const evidence of found) expect(evidence).toEqual(found[0])
  expect(found[0]).toMatchObject([{ peerId: liar.peerId, type: 'ballot' }])
})

async function convictions(peer: Peer): Promise<EvidenceView[]> {
  return until(`${peer.name} has evidence`, async () => {
    const { value } = await peer.json<EvidenceView[]>('evidence', 'list')
    return value.length > 0 && value
  })
}

it('is shown with its two signed messages', async () => {
  const [, second = liar] = honest
  const [evidence] = await second.client.evidence()
  const { code, value } = await second.json<EvidenceDetail>('evidence', 'show', evidence?.evidenceId ?? '')
  expect(code).toBe(0)
  expect(value.first.frame).not.toBe(value.second.frame)
  expect([value.first.says, value.second.says].join()).toMatch(/accept.*reject|reject.*accept/s)
})

it('is named in the decisions that it lied about', async () => {
  for (const peer of honest) {
    const [decision] = (await peer.client.proposals()).filter(({ outcome }) => outcome === 'accepted')
    const evidenceId = (await peer.client.evidence())[0]?.evidenceId
    expect(decision?.byzantinePeersDetected).toEqual([{ peerId: liar.peerId, type: 'ballot', evidenceId }])
  }
})

it('does not keep the others from deciding', async () => {
  const [, , third = liar] = honest
  expect((await third.json('propose', 'Go on')).code).toBe(0)
})
