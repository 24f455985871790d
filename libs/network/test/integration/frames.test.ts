import { expect, test } from 'vitest'
import { connect, frameOf, idOf, idsOf, startPeer, until } from './peers.ts'

test('a broadcast to all members comes by stream and by gossip, and is judged once', async () => {
  const members = idsOf(1, 2, 3, 4)
  const peers = await Promise.all([1, 2, 3, 4].map(n => startPeer(n, { members })))
  const [first, ...others] = peers
  await connect(...peers)
  await until(() => {
    first?.transport.broadcast(frameOf(`warm-up ${performance.now()}`), 'members')
    return others.every(peer => peer.count('gossip-in') > 0)
  }, 'gossip flows')

  const before = others.map(peer => [peer.count('gossip-in'), peer.count('frames-in')] as const)
  first?.transport.broadcast(frameOf('to all'), 'members')
  await until(
    () =>
      others.every((peer, at) => {
        const [gossipIn = 0, framesIn = 0] = before[at] ?? []
        return peer.count('gossip-in') > gossipIn && peer.count('frames-in') > framesIn
      }),
    'both paths have delivered'
  )
  expect(others.map(peer => peer.received('to all'))).toEqual([1, 1, 1])
  expect(first?.received('to all')).toBe(0)
})

test('a broadcast to voters that are all connected stays on their streams', async () => {
  const [voter, second, observer] = await Promise.all(
    [1, 2, 3].map(n => startPeer(n, { members: idsOf(1, 2, 3), voters: idsOf(1, 2) }))
  )
  if (!voter || !second || !observer) throw new Error('no peers')
  await connect(voter, second, observer)
  voter.transport.broadcast(frameOf('vote'), 'voters')
  voter.transport.broadcast(frameOf('end'), 'members')
  await until(() => second.received('end') + observer.received('end') === 2, 'the last frame has come')
  expect([second.received('vote'), observer.received('vote')]).toEqual([1, 0])
})

test('frames of one peer arrive in the order they were sent, whole, up to the largest size', async () => {
  const members = idsOf(1, 2)
  const a = await startPeer(1, { members })
  const b = await startPeer(2, { members })
  await connect(a, b)
  const sizes = [2 * 1024 * 1024, 1, 64 * 1024, 70_000, 512, 1_000_000, 2]
  for (const size of sizes) a.transport.send(b.id, frameOf('', size))
  await until(() => b.frames.length === sizes.length, 'all arrived')
  expect(b.frames.map(({ size }) => size)).toEqual(sizes)
})

test('a frame of no size or above the limit is not sent, and counted', async () => {
  const members = idsOf(1, 2)
  const a = await startPeer(1, { members })
  const b = await startPeer(2, { members })
  await connect(a, b)
  a.transport.send(b.id, frameOf('', 2 * 1024 * 1024 + 1))
  a.transport.broadcast(frameOf('', 0), 'members')
  a.transport.send(b.id, frameOf('fits'))
  await until(() => b.received('fits') === 1, 'the frame that fits')
  expect(b.frames).toHaveLength(1)
  expect(a.count('dropped-oversize')).toBe(2)
})

test('what a peer sends again on purpose is judged again', async () => {
  const members = idsOf(1, 2)
  const a = await startPeer(1, { members })
  const b = await startPeer(2, { members })
  await connect(a, b)
  a.transport.send(b.id, frameOf('ask'))
  a.transport.send(b.id, frameOf('ask'))
  a.transport.broadcast(frameOf('again'), 'voters')
  a.transport.broadcast(frameOf('again'), 'voters')
  await until(() => b.received('again') === 2, 'both repeats')
  expect(b.received('ask')).toBe(2)
})

test('a frame to a peer that is not connected is dropped and counted', async () => {
  const a = await startPeer(1, { members: idsOf(1, 2) })
  a.transport.send(idOf(2), frameOf('nobody there'))
  expect(a.count('dropped-not-connected')).toBe(1)
})

test('the state of peers: connected, addresses, latency', async () => {
  const members = idsOf(1, 2)
  const a = await startPeer(1, { members })
  const b = await startPeer(2, { members })
  await connect(a, b)
  const status = () => a.transport.peers()[0]
  await until(() => status()?.latencyMs !== null, 'a first ping')
  expect(a.transport.peers()).toHaveLength(1)
  expect(status()).toMatchObject({ peerId: b.id, connected: true, score: 0 })
  expect(status()?.addresses).toEqual(b.transport.addresses())
  expect(b.transport.addresses()[0]).toMatch(new RegExp(`^/ip4/127.0.0.1/tcp/[1-9]\\d*/p2p/${b.id}$`))
})
