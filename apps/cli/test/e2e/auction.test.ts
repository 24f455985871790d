/** Agents of three peers and an auction among them, as every member sees it. */
import type {
  AgentRegistered,
  AgentView,
  AuctionReplayView,
  AuctionView,
  BidAccepted,
  ErrorBody
} from '@quorate/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startGroup } from './support/group.ts'
import type { Group } from './support/group.ts'
import { runJson } from './support/peer.ts'
import { spawnCli } from './support/spawn-cli.ts'
import { until } from './support/until.ts'

const AGENTS = [
  { name: 'swift', flags: ['--rate', '0.02', '--throughput', '4', '--quality', '0.95'] },
  { name: 'steady', flags: ['--rate', '0.012', '--throughput', '2.5', '--quality', '0.9'] },
  { name: 'thrifty', flags: ['--rate', '0.006', '--throughput', '1', '--quality', '0.75'] }
]
const NEEDS = JSON.stringify({ capabilities: { parse: 0.5 } })

let group: Group
const tokens: string[] = []

beforeAll(async () => {
  group = await startGroup()
  for (const [index, { name, flags }] of AGENTS.entries()) {
    const argv = ['agents', 'register', name, '--capability', 'parse=0.9', ...flags]
    const { value } = await group.peer(index + 2).json<AgentRegistered>(...argv)
    tokens.push(value.token)
  }
})
afterAll(() => group?.dispose())

const address = (index: number): string => `${group.peer(index + 2).peerId}/${AGENTS[index]?.name}`

describe('agents', () => {
  it('of the whole group are listed on every member', async () => {
    for (const peer of group.peers) {
      const agents = await until('all agents', async () => {
        const { value } = await peer.json<AgentView[]>('agents', 'list')
        return value.length === AGENTS.length && value
      })
      expect(agents.map(({ agent }) => agent).toSorted()).toEqual(AGENTS.map((_, n) => address(n)).toSorted())
    }
  })

  it('have a token each, which allows no other agent and no vote', async () => {
    const [token = ''] = tokens
    expect(new Set(tokens).size).toBe(AGENTS.length)
    const { client } = group.peer(2)
    const argv = ['--api', client.address, 'propose', 'As an agent', '--json']
    const run = await spawnCli(argv, { env: { QUORATE_TOKEN: token } })
    expect(run.code).toBe(4)
    expect(JSON.parse(run.stdout)).toMatchObject({ error: { code: 'QRT_NOT_ALLOWED' } })
  })
})

describe('an auction', () => {
  it('has the same award on every member, and each recomputes it', async () => {
    const argv = ['auction', 'parse the logs', '--requirements', NEEDS, '--work', '100', '--bid-window', '1s']
    const { code, value } = await group.peer(1).json<AuctionView>(...argv)
    expect(code).toBe(0)
    expect(value).toMatchObject({ auctionSuccessful: true, phase: 'awarded' })
    expect(AGENTS.map((_, n) => address(n))).toContain(value.winningAgent)
    expect(value.winningBid?.agent).toBe(value.winningAgent)
    expect(value.alternates.length).toBe(2)
    expect(value.fencingToken).toBeGreaterThan(0)
    expect(Object.keys(value.evaluationScores).length).toBe(3)
    await group.agree(value.sequence ?? 0)
    for (const peer of group.peers) {
      const shown = await peer.json<AuctionView>('auctions', 'show', value.auctionId)
      expect({ ...shown.value, receipt: null }).toEqual({ ...value, receipt: null })
      const replay = await peer.json<AuctionReplayView>('auctions', 'replay', value.auctionId)
      expect(replay).toMatchObject({ code: 0, value: { matches: true } })
      const listed = await peer.json<AuctionView[]>('auctions', 'list')
      expect(listed.value.map(({ auctionId }) => auctionId)).toContain(value.auctionId)
    }
  })

  it('takes a bid by hand, sealed, of an agent that does not bid by itself', async () => {
    const bidder = group.peer(4)
    await bidder.json('agents', 'register', 'byhand', '--capability', 'parse', '--strategy', 'manual')
    const started = await group
      .peer(1)
      .client.startAuction({ task: 'by hand', bidWindowMs: 3_000, wait: false })
    await until('the bidder knows it', () => bidder.client.auction(started.auctionId))
    const argv = [
      '--agent',
      'byhand',
      '--cost',
      '0.001',
      '--quality',
      '1',
      '--throughput',
      '50',
      '--note',
      'mine'
    ]
    const bid = await bidder.json<BidAccepted>('bid', started.auctionId, ...argv)
    expect(bid).toMatchObject({ code: 0, value: { auctionId: started.auctionId, sealed: true } })
    const open = await group.peer(1).client.auction(started.auctionId)
    expect(JSON.stringify(open)).not.toContain('mine')
    const view = await group.peer(1).client.waitForAuction(started.auctionId, 20_000)
    expect(view.winningBid).toMatchObject({ agent: `${bidder.peerId}/byhand`, cost: 0.001, note: 'mine' })
  })

  it('that nobody can serve ends without an award: exit 6', async () => {
    const needs = JSON.stringify({ capabilities: { fly: 1 } })
    const { code, value } = await group
      .peer(1)
      .json<AuctionView>('auction', 'fly', '--requirements', needs, '--bid-window', '500ms')
    expect(code).toBe(6)
    expect(value).toMatchObject({ auctionSuccessful: false, winningAgent: null, phase: 'no-award' })
    expect(value.reason).not.toBe('')
  })

  it('can be cancelled by the one that started it, and by nobody else', async () => {
    const started = await group
      .peer(1)
      .client.startAuction({ task: 'take back', bidWindowMs: 30_000, wait: false })
    await until('the other knows it', () => group.peer(2).client.auction(started.auctionId))
    const other = await group.peer(2).json<ErrorBody>('auctions', 'cancel', started.auctionId)
    expect(other.code).not.toBe(0)
    const { code, value } = await group.peer(1).json<AuctionView>('auctions', 'cancel', started.auctionId)
    expect([code, value.phase]).toEqual([0, 'cancelled'])
    await until(
      'the other sees it',
      async () => (await group.peer(3).client.auction(started.auctionId)).phase === 'cancelled'
    )
  })
})

it('bad bids and unknown auctions are refused', async () => {
  const { home } = group.peer(2)
  const argv = [
    '--home',
    home,
    'bid',
    'ff'.repeat(32),
    '--agent',
    'swift',
    '--cost',
    '1',
    '--throughput',
    '1'
  ]
  expect(await runJson([...argv, '--quality', '0.5'])).toMatchObject({
    code: 1,
    value: { error: { code: 'QRT_NOT_FOUND' } }
  })
  expect(await runJson([...argv, '--quality', '2'])).toMatchObject({
    code: 2,
    value: { error: { code: 'QRT_USAGE' } }
  })
  const foreign = await runJson<ErrorBody>(['--home', home, 'auctions', 'show', 'nothing'])
  expect(foreign).toMatchObject({ code: 1, value: { error: { code: 'QRT_NOT_FOUND' } } })
})
