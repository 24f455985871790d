import { expect, test } from 'vitest'
import { ACCEPT, reject } from '@quorate/contracts'
import { connect, frameOf, idsOf, startPeer, until } from './peers.ts'

const members = idsOf(1, 2)
const judge = (text: string) => (text.startsWith('bad') ? reject('bad-signature') : ACCEPT)

test('rejected frames lower the score; at the threshold the peer is cut off, and let in again later', async () => {
  const a = await startPeer(1, { members, judge, limits: { banMs: 1_500, scoreHalfLifeMs: 60_000 } })
  const b = await startPeer(2, { members })
  await connect(a, b)
  const scoreOfB = () => a.transport.peers()[0]?.score ?? 0

  b.transport.send(a.id, frameOf('bad 0'))
  await until(() => a.received('bad') === 1, 'the first bad frame')
  expect(scoreOfB()).toBeLessThan(-9)
  expect(a.count('refused-bad-signature')).toBe(1)
  expect(a.reachable.has(b.id)).toBe(true)

  for (let n = 1; n < 12; n += 1) b.transport.send(a.id, frameOf(`bad ${n}`))
  await until(() => a.count('peers-banned') === 1 && !a.reachable.has(b.id), 'cut off')
  expect(a.received('bad')).toBeLessThanOrEqual(11)
  await until(() => a.count('connections-refused-banned') + b.count('dials-failed') > 0, 'refused meanwhile')
  await until(() => a.reachable.has(b.id) && b.reachable.has(a.id), 'let in again')
})

test('a frame that was rejected charges everyone who delivers it', async () => {
  const a = await startPeer(1, { members: idsOf(1, 2, 3), judge })
  const b = await startPeer(2, { members: idsOf(1, 2, 3) })
  const c = await startPeer(3, { members: idsOf(1, 2, 3) })
  await connect(a, b, c)
  b.transport.broadcast(frameOf('bad'), 'voters')
  c.transport.broadcast(frameOf('bad'), 'voters')
  await until(() => a.count('refused-bad-signature') === 2, 'both charged')
  expect(a.transport.peers().map(({ score }) => Math.round(score))).toEqual([-10, -10])
  expect(a.received('bad')).toBe(1)
})

test('the node can charge a peer by itself', async () => {
  const a = await startPeer(1, { members })
  const b = await startPeer(2, { members })
  await connect(a, b)
  for (let n = 0; n < 10; n += 1) a.transport.charge(b.id, 'equivocation')
  await until(() => !a.reachable.has(b.id), 'cut off')
  expect(a.count('refused-equivocation')).toBe(10)
})
