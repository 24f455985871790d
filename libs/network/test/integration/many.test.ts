import { expect, test } from 'vitest'
import { frameOf, idsOf, startPeer, until } from './peers.ts'

test('twenty peers on one address all receive a broadcast, by gossip alone', async () => {
  const numbers = Array.from({ length: 20 }, (_, at) => at + 1)
  const members = idsOf(...numbers)
  const limits = { gossipHeartbeatMs: 300 }
  const [hub, ...leaves] = await Promise.all(numbers.map(n => startPeer(n, { members, limits })))
  const [first, ...others] = leaves
  if (hub === undefined || first === undefined) throw new Error('no peers')
  // A star: whoever does not listen to the hub, because it is the twentieth from one address, hears nothing.
  for (const leaf of leaves) leaf.transport.addAddresses(hub.id, hub.transport.addresses())
  await until(
    () => hub.reachable.size === 19 && leaves.every(leaf => leaf.reachable.has(hub.id)),
    'all connected'
  )
  await until(() => {
    first.transport.broadcast(frameOf(`warm-up ${performance.now()}`), 'members')
    return others.every(peer => peer.count('gossip-in') > 0)
  }, 'gossip reaches everyone')

  const relayed = hub.count('frames-relayed') + hub.count('frames-bridged')
  first.transport.broadcast(frameOf('to all'), 'members')
  await until(() => [hub, ...others].every(peer => peer.received('to all') > 0), 'everyone has it')
  expect([hub, ...others].map(peer => peer.received('to all'))).toEqual(Array.from(others, () => 1).concat(1))
  expect(hub.count('frames-relayed') + hub.count('frames-bridged')).toBe(relayed)
})
