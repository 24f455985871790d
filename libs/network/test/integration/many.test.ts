import { expect, test } from 'vitest'
import { connect, frameOf, idsOf, startPeer, until } from './peers.ts'

test('twenty peers on one address all receive a broadcast, by gossip too', async () => {
  const numbers = Array.from({ length: 20 }, (_, at) => at + 1)
  const members = idsOf(...numbers)
  const peers = await Promise.all(numbers.map(n => startPeer(n, { members })))
  const [first, ...others] = peers
  await connect(...peers)
  await until(() => {
    first?.transport.broadcast(frameOf(`warm-up ${performance.now()}`), 'members')
    return others.every(peer => peer.count('gossip-in') > 0)
  }, 'gossip reaches everyone')
  first?.transport.broadcast(frameOf('to all'), 'members')
  await until(() => others.every(peer => peer.received('to all') > 0), 'everyone has it')
  expect(others.map(peer => peer.received('to all'))).toEqual(others.map(() => 1))
})
