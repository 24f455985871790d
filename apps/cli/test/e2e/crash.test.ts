/** Peers that die, freeze and come back: nothing decided is lost, and the others go on. */
import type { LedgerEntryView, ProposalView } from '@quorate/contracts'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { signal } from './support/daemon-process.ts'
import { startGroup, wholeLedger } from './support/group.ts'
import type { Group } from './support/group.ts'
import type { Peer } from './support/peer.ts'
import { until } from './support/until.ts'

/** What the issue promises for a group that one peer is missing from. */
const DECIDES_MS_MAX = 10_000

let group: Group

beforeAll(async () => {
  group = await startGroup()
})
afterAll(() => group?.dispose())
/** Whatever a test left behind: everybody runs again. */
afterEach(async () => {
  for (const peer of group.peers) signal(peer.pid, 'SIGCONT')
})

async function decide(peer: Peer, statement: string): Promise<ProposalView> {
  const begin = performance.now()
  const { code, value } = await peer.json<ProposalView>('propose', statement, '--deadline', '30s')
  const tookMs = Math.round(performance.now() - begin)
  const inTime = tookMs < DECIDES_MS_MAX || `not in time: ${tookMs} ms`
  expect({ statement, code, outcome: value.outcome, inTime }).toEqual({
    statement,
    code: 0,
    outcome: 'accepted',
    inTime: true
  })
  return value
}

async function restart(...peers: readonly Peer[]): Promise<void> {
  await Promise.all(peers.map(peer => peer.restart()))
  await Promise.all(peers.map(peer => peer.ready()))
}

/** All ledgers whole, and equal. */
async function sameLedger(): Promise<LedgerEntryView[]> {
  const [first = [], ...others] = await until('all ledgers are equal', async () => {
    const all = await Promise.all(group.peers.map(wholeLedger))
    return all.every(entries => entries.length === all[0]?.length) && all
  })
  for (const entries of others) expect(entries).toEqual(first)
  return first
}

describe('kill -9 of one', () => {
  it.each([1, 2, 3, 4])('peer-%i: the others decide within 10 s, and it catches up', async number => {
    const victim = group.peer(number)
    await victim.end('SIGKILL')
    const [other = victim] = group.others(victim)
    const view = await decide(other, `without peer-${number}`)
    await restart(victim)
    await group.agree(view.sequence ?? 0)
    const shown = await victim.json<ProposalView>('proposals', 'show', view.proposalId)
    expect(shown.value).toMatchObject({ outcome: 'accepted', sequence: view.sequence })
  })

  it('the primary: another one leads', async () => {
    const victim = await group.primary()
    await victim.end('SIGKILL')
    const [other = victim] = group.others(victim)
    const view = await decide(other, 'without the primary')
    expect((await other.client.status()).primary).not.toBe(victim.peerId)
    await restart(victim)
    await group.agree(view.sequence ?? 0)
  })
})

describe('a primary that freezes', () => {
  it('is replaced, and goes on with the others when it thaws', async () => {
    const frozen = await group.primary()
    const [other = frozen] = group.others(frozen)
    const { view: before } = await other.client.status()
    signal(frozen.pid, 'SIGSTOP')
    const view = await decide(other, 'while the primary is frozen')
    expect((await other.client.status()).view).toBeGreaterThan(before)
    signal(frozen.pid, 'SIGCONT')
    await group.agree(view.sequence ?? 0)
    await frozen.ready()
    const after = await decide(frozen, 'after the thaw')
    await group.agree(after.sequence ?? 0)
    expect(await frozen.client.evidence()).toEqual([])
  })
})

describe('kill -9 of two', () => {
  it('nothing is decided, falsely or otherwise; restarted, they catch up', async () => {
    const [first, second, ...dead] = group.peers as [Peer, Peer, Peer, Peer]
    const before = await sameLedger()
    await Promise.all(dead.map(peer => peer.end('SIGKILL')))
    const { code, value } = await first.json<ProposalView>('propose', 'by two of four', '--deadline', '5s')
    expect([5, 7]).toContain(code)
    expect(value).toMatchObject({
      consensusReached: false,
      outcome: 'undecided',
      decision: null,
      receipt: null
    })
    for (const peer of [first, second]) expect(await wholeLedger(peer)).toEqual(before)
    const status = await until('the loss is seen', async () => {
      const seen = await first.client.status()
      return seen.state === 'no-quorum' && seen
    })
    expect(status.absentVoters.toSorted()).toEqual(dead.map(({ peerId }) => peerId).toSorted())
    await restart(...dead)
    const after = await decide(second, 'by four again')
    await group.agree(after.sequence ?? 0)
    const ledger = await sameLedger()
    expect(ledger.slice(0, before.length)).toEqual(before)
    expect(ledger.filter(({ id, kind }) => id === value.proposalId && kind === 'decision')).toEqual([])
  })
})
