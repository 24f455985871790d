import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createAddressBook } from '../../src/address-book.ts'
import { createCounters } from '../../src/counters.ts'
import { peerIdFromSeed } from '../../src/index.ts'
import { DEFAULT_LIMITS } from '../../src/limits.ts'
import { createRedial } from '../../src/redial.ts'

const peers = [1, 2, 3].map(n => peerIdFromSeed(new Uint8Array(32).fill(n)))
const [PEER = '', SECOND = '', THIRD = ''] = peers
const ADDRESS = '/ip4/192.0.2.1/tcp/1'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const create = (limits = {}, self = '1') => {
  const connected = new Set<string>()
  const dials: string[][] = []
  let outcome: () => Promise<unknown> = () => Promise.reject(new Error('refused'))
  const book = createAddressBook(4)
  for (const peer of peers) book.add(peer, [ADDRESS])
  const redial = createRedial({
    self,
    limits: { ...DEFAULT_LIMITS, ...limits },
    counters: createCounters(),
    book,
    wanted: peer => !connected.has(peer),
    dial(addresses) {
      dials.push([...addresses])
      return outcome()
    }
  })
  const on = (next: typeof outcome): void => void (outcome = next)
  return { redial, book, dials, connected, on }
}

test('the smaller peer id dials at once, the other a little later', async () => {
  const small = create()
  small.redial.poke(PEER)
  await vi.advanceTimersByTimeAsync(1)
  expect(small.dials).toHaveLength(1)
  const large = create({}, 'zzz')
  large.redial.poke(PEER)
  await vi.advanceTimersByTimeAsync(200)
  expect(large.dials).toHaveLength(0)
  await vi.advanceTimersByTimeAsync(300)
  expect(large.dials.length).toBeGreaterThan(0)
})

test('it never gives up, and slows down to the longest wait', async () => {
  const { redial, dials } = create()
  redial.poke(PEER)
  await vi.advanceTimersByTimeAsync(600_000)
  const perMinute = dials.length / 10
  expect(perMinute).toBeGreaterThan(60_000 / DEFAULT_LIMITS.redialMaxMs)
  expect(perMinute).toBeLessThan((60_000 / DEFAULT_LIMITS.redialMaxMs) * 4)
})

test('a connected peer is not dialled, a lost one is', async () => {
  const { redial, dials, connected, on } = create()
  on(() => {
    connected.add(PEER)
    return Promise.resolve()
  })
  redial.poke(PEER)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(dials).toHaveLength(1)
  connected.delete(PEER)
  redial.lost(PEER, 60_000)
  await vi.advanceTimersByTimeAsync(1)
  expect(dials).toHaveLength(2)
})

test('a connection that ends at once does not start the back-off over', async () => {
  const { redial, dials, on } = create()
  on(() => {
    redial.lost(PEER, 10)
    return Promise.resolve()
  })
  redial.poke(PEER)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(dials.length).toBeLessThan(60)
})

test('a new address starts the back-off over and is tried', async () => {
  const { redial, dials, book } = create()
  redial.poke(PEER)
  await vi.advanceTimersByTimeAsync(60_000)
  const before = dials.length
  book.add(PEER, ['/ip4/192.0.2.2/tcp/2'])
  redial.hurry(PEER)
  await vi.advanceTimersByTimeAsync(1)
  expect(dials).toHaveLength(before + 1)
  expect(dials.at(-1)?.[0]).toContain('192.0.2.2')
})

test('each attempt begins with another address', async () => {
  const { redial, dials, book } = create()
  book.add(PEER, ['/ip4/192.0.2.2/tcp/2', '/ip4/192.0.2.3/tcp/3'])
  redial.poke(PEER)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(new Set(dials.map(([first]) => first)).size).toBe(3)
})

test('only so many dials are under way, the others wait their turn', async () => {
  const { redial, dials, on } = create({ dialsMax: 2 })
  const pending: (() => void)[] = []
  on(() => new Promise<void>(resolve => void pending.push(resolve)))
  for (const peer of [PEER, SECOND, THIRD]) redial.poke(peer)
  await vi.advanceTimersByTimeAsync(1)
  expect(dials).toHaveLength(2)
  pending[0]?.()
  await vi.advanceTimersByTimeAsync(1)
  expect(dials.map(([first]) => first)).toContainEqual(expect.stringContaining(THIRD))
})

test('after the end nobody is dialled', async () => {
  const { redial, dials } = create()
  redial.poke(PEER)
  redial.stop()
  redial.poke(SECOND)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(dials).toEqual([])
})
