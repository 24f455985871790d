import { expect, test } from 'vitest'
import { connect, frameOf, idsOf, startPeer, until } from './peers.ts'
import type { TestPeer } from './peers.ts'

/** A - B - C: A and C are members but do not know each other's address. */
const startLine = async (): Promise<readonly [TestPeer, TestPeer, TestPeer]> => {
  const members = idsOf(1, 2, 3)
  const limits = { repeatAfterMs: 50 }
  const a = await startPeer(1, { members, limits })
  const b = await startPeer(2, { members, limits })
  const c = await startPeer(3, { members, limits })
  await connect(a, b)
  await connect(b, c)
  return [a, b, c]
}

test('a broadcast reaches a member that is not directly connected, at once and once', async () => {
  const [a, b, c] = await startLine()
  a.transport.broadcast(frameOf('early'), 'voters')
  await until(() => c.received('early') > 0, 'the first frame, before gossip has settled')

  await until(() => {
    a.transport.broadcast(frameOf(`warm-up ${performance.now()}`), 'voters')
    return c.count('gossip-in') > 0 && b.count('gossip-in') > 0
  }, 'gossip flows')
  const relayed = b.count('frames-relayed')
  a.transport.broadcast(frameOf('by gossip'), 'voters')
  await until(() => c.received('by gossip') > 0, 'the frame')
  expect(b.count('frames-relayed')).toBe(relayed)
  expect([b.received('by gossip'), c.received('by gossip')]).toEqual([1, 1])
  expect(c.frames.every(({ from }) => from === b.id)).toBe(true)
})

test('a frame too large for gossip is handed on by streams', async () => {
  const [a, b, c] = await startLine()
  a.transport.broadcast(frameOf('large', 200 * 1024), 'members')
  await until(() => c.received('large') > 0, 'the frame')
  expect(c.frames.at(-1)).toMatchObject({ size: 200 * 1024, from: b.id })
  expect([a.received('large'), b.received('large'), c.received('large')]).toEqual([0, 1, 1])
})

test('a frame that is broadcast again travels by streams, since gossip suppresses it', async () => {
  const [a, , c] = await startLine()
  a.transport.broadcast(frameOf('status?'), 'voters')
  await until(() => c.received('status?') === 1, 'the first time')
  const first = performance.now()
  await until(() => performance.now() - first > 60, 'older than repeatAfterMs')
  a.transport.broadcast(frameOf('status?'), 'voters')
  await until(() => c.received('status?') > 1, 'the second time')
  expect(c.received('status?')).toBe(2)
})

test('what is not accepted is not handed on', async () => {
  const members = idsOf(1, 2, 3)
  const a = await startPeer(1, { members })
  const b = await startPeer(2, {
    members,
    judge: text => (text.startsWith('odd') ? { outcome: 'ignore', code: 'odd' } : { outcome: 'accept' })
  })
  const c = await startPeer(3, { members })
  await connect(a, b)
  await connect(b, c)
  a.transport.broadcast(frameOf('odd', 100_000), 'members')
  a.transport.broadcast(frameOf('good', 100_000), 'members')
  await until(() => c.received('good') === 1, 'the accepted one')
  expect(c.received('odd')).toBe(0)
})
