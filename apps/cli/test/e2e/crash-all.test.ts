/** All peers killed at once in the middle of a stream: what was acknowledged is there, once, everywhere. */
import { setImmediate } from 'node:timers/promises'
import type { EntryRequest, EntryResult } from '@quorate/client'
import type { ProposalView } from '@quorate/contracts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startGroup, wholeLedger } from './support/group.ts'
import type { Group } from './support/group.ts'
import type { Peer } from './support/peer.ts'
import { until } from './support/until.ts'

const ACKNOWLEDGED_BEFORE_KILL = 300
const IN_FLIGHT = 64
const DECIDES_MS_MAX = 10_000

let group: Group

beforeAll(async () => {
  group = await startGroup()
})
afterAll(() => group?.dispose())

type Acknowledged = Extract<EntryResult, { readonly sequence: number }>

/** Streams entries without an end, and keeps what is acknowledged, until the daemon is gone. */
async function stream(peer: Peer, acknowledged: Acknowledged[]): Promise<void> {
  try {
    for await (const result of peer.client.entries(endless(peer.name, acknowledged))) {
      if ('sequence' in result) acknowledged.push(result)
    }
  } catch {
    // The daemon was killed; that is the test.
  }
}

/** Some are always on their way, and never so many that the disk is what the test waits for. */
async function* endless(name: string, acknowledged: readonly Acknowledged[]): AsyncGenerator<EntryRequest> {
  for (let n = 0; ; n++) {
    while (n - acknowledged.length > IN_FLIGHT) await setImmediate()
    yield { statement: `${name} ${n}`, data: { n } }
  }
}

async function enough(acknowledged: readonly (readonly Acknowledged[])[]): Promise<void> {
  await until('entries flow through all of them', () =>
    acknowledged.every(({ length }) => length > ACKNOWLEDGED_BEFORE_KILL)
  )
}

it('nothing acknowledged is lost, nothing is there twice, and the group decides again', async () => {
  const acknowledged = group.peers.map((): Acknowledged[] => [])
  const streams = group.peers.map((peer, index) => stream(peer, acknowledged[index] ?? []))
  await enough(acknowledged)
  await Promise.all(group.peers.map(peer => peer.end('SIGKILL')))
  await Promise.all(streams)

  await Promise.all(group.peers.map(peer => peer.restart()))
  const begin = performance.now()
  const { code, value } = await group.peer(1).json<ProposalView>('propose', 'Again', '--deadline', '30s')
  expect([code, value.outcome]).toEqual([0, 'accepted'])
  expect(performance.now() - begin).toBeLessThan(DECIDES_MS_MAX)
  await group.agree(value.sequence ?? 0)

  const ledgers = await Promise.all(group.peers.map(wholeLedger))
  const common = Math.min(...ledgers.map(({ length }) => length))
  const [first = []] = ledgers
  for (const entries of ledgers) expect(entries.slice(0, common)).toEqual(first.slice(0, common))
  for (const entries of ledgers)
    expect(new Set(entries.map(({ digest }) => digest)).size).toBe(entries.length)
  const digests = new Map(first.map(({ sequence, digest }) => [sequence, digest]))
  const lost = acknowledged.flat().filter(({ sequence, digest }) => digests.get(sequence) !== digest)
  expect(lost).toEqual([])
})
