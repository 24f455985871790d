import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Mock } from 'vitest'
import type { Connection } from '@libp2p/interface'
import { DEFAULT_LIMITS } from '../../src/limits.ts'
import { createLinks } from '../../src/links.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

interface Fake {
  readonly connection: Connection
  readonly close: Mock<() => Promise<void>>
  readonly abort: Mock<() => void>
}

const fake = (direction: Connection['direction'], openedAtMs: number): Fake => {
  const close = vi.fn<() => Promise<void>>(() => Promise.resolve())
  const abort = vi.fn<() => void>()
  const remotePeer = { toString: () => 'peer' }
  const connection = { direction, remotePeer, timeline: { open: openedAtMs }, close, abort }
  return { connection: connection as unknown as Connection, close, abort }
}

const create = (self: string) => {
  const bests: (Connection | undefined)[] = []
  const links = createLinks({ self, limits: DEFAULT_LIMITS, onBest: (_peer, best) => void bests.push(best) })
  return { links, bests }
}

test.each([
  ['a', 'outbound'],
  ['z', 'inbound']
])('of two dialled at the same time, %s keeps the one that the smaller id dialled', (self, kept) => {
  const { links } = create(self)
  const connections = [fake('outbound', 0), fake('inbound', 100)]
  for (const { connection } of connections) links.opened(connection)
  expect(links.best('peer')?.direction).toBe(kept)
  vi.advanceTimersByTime(DEFAULT_LIMITS.duplicateGraceMs)
  expect(connections.map(({ close }) => close.mock.calls.length)).toEqual(
    connections.map(({ connection }) => (connection.direction === kept ? 0 : 1))
  )
})

test('a connection that comes much later replaces the older one', () => {
  const { links } = create('a')
  const old = fake('outbound', 0)
  const fresh = fake('inbound', DEFAULT_LIMITS.simultaneousMs + 1)
  links.opened(old.connection)
  links.opened(fresh.connection)
  expect(links.best('peer')).toBe(fresh.connection)
})

test('changes of the best connection are told, others not', () => {
  const { links, bests } = create('a')
  const first = fake('outbound', 0)
  const second = fake('inbound', 100)
  links.opened(first.connection)
  links.opened(second.connection)
  expect(links.closed(second.connection)).toBe(true)
  expect(links.closed(second.connection)).toBe(false)
  links.closed(first.connection)
  expect(bests).toEqual([first.connection, undefined])
  expect(links.count('peer')).toBe(0)
})

test('a duplicate whose twin has closed meanwhile is kept', () => {
  const { links } = create('a')
  const first = fake('outbound', 0)
  const second = fake('inbound', 100)
  links.opened(first.connection)
  links.opened(second.connection)
  links.closed(first.connection)
  vi.advanceTimersByTime(DEFAULT_LIMITS.duplicateGraceMs)
  expect(second.close).not.toHaveBeenCalled()
  expect(links.best('peer')).toBe(second.connection)
})

test('cut aborts every connection of the peer', () => {
  const { links } = create('a')
  const connections = [fake('outbound', 0), fake('inbound', 100)]
  for (const { connection } of connections) links.opened(connection)
  links.cut('peer', 'banned')
  for (const { abort } of connections) expect(abort).toHaveBeenCalledTimes(1)
})
