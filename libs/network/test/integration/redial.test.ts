import { expect, test } from 'vitest'
import { STREAM_PROTOCOL } from '../../src/index.ts'
import { connect, dialOf, frameOf, idOf, idsOf, startBarePeer, startPeer, until } from './peers.ts'

const members = idsOf(1, 2)

test('a peer that comes back on the same port is found again by itself', async () => {
  const a = await startPeer(1, { members })
  const b = await startPeer(2, { members })
  await connect(a, b)
  const listen = b.transport.addresses().map(it => it.replace(/\/p2p\/.*/, ''))
  await b.transport.stop()
  await until(() => !a.reachable.has(b.id), 'the loss is noticed')

  const again = await startPeer(2, { members, listen })
  await until(() => a.reachable.has(b.id) && again.reachable.has(a.id), 'connected again')
  a.transport.send(b.id, frameOf('welcome back'))
  await until(() => again.frames.length > 0, 'a frame')
  expect(again.frames.map(({ text }) => text)).toEqual(['welcome back'])
})

test('a peer that comes back on another port is found once its new address is told', async () => {
  const a = await startPeer(1, { members })
  const b = await startPeer(2, { members })
  await connect(a, b)
  await b.transport.stop()
  await until(() => !a.reachable.has(b.id), 'the loss is noticed')
  const again = await startPeer(2, { members })
  a.transport.addAddresses(b.id, again.transport.addresses())
  await until(() => a.reachable.has(b.id) && again.reachable.has(a.id), 'connected again')
  expect(a.transport.peers()[0]?.addresses[0]).toBe(again.transport.addresses()[0])
})

test('an address that leads to somebody else does no harm, nor does one that is none', async () => {
  const a = await startPeer(1, { members: idsOf(1, 2, 3) })
  const b = await startPeer(2, { members: idsOf(1, 2, 3) })
  const c = await startPeer(3, { members: idsOf(1, 2, 3) })
  const misleading = c.transport.addresses().map(it => it.replace(/\/p2p\/.*/, ''))
  a.transport.addAddresses(b.id, [
    ...misleading,
    'nonsense',
    '/ip4/127.0.0.1/udp/1',
    ...c.transport.addresses()
  ])
  await until(() => a.count('dials-failed') > 0, 'a failed dial')
  a.transport.addAddresses(b.id, b.transport.addresses())
  await until(() => a.reachable.has(b.id), 'connected')
  expect(a.reachable.has(c.id)).toBe(false)
})

test('a stream that is reset while the connection stays open is opened again', async () => {
  const a = await startPeer(1, { members })
  const bare = await startBarePeer(2)
  let streams = 0
  let bytes = 0
  await bare.handle(STREAM_PROTOCOL, stream => {
    streams += 1
    const doomed = streams <= 2
    stream.addEventListener('message', event => {
      if (doomed) stream.abort(new Error('reset by the test'))
      else bytes += event.data.byteLength
    })
  })
  await bare.dial(dialOf(a))
  for (const nth of [1, 2]) {
    await until(() => streams === nth && a.reachable.has(idOf(2)), `stream ${nth}`)
    a.transport.send(idOf(2), frameOf('lost'))
    await until(() => a.count('streams-closed') === nth, `reset ${nth}`)
  }
  await until(() => streams === 3 && a.reachable.has(idOf(2)), 'the third stream')
  expect(bare.getConnections()).toHaveLength(1)
  a.transport.send(idOf(2), frameOf('hello'))
  await until(() => bytes === 1 + 1 + 5, 'length, header and frame')
})

test('a peer that refuses us is not dialled in a hot loop', async () => {
  const a = await startPeer(1, { members })
  const b = await startPeer(2, { members: idsOf(2) })
  a.transport.addAddresses(b.id, b.transport.addresses())
  await until(() => b.count('connections-refused-not-a-member') >= 3, 'refused three times')
  const dials = a.count('dials')
  expect(dials).toBeLessThan(10)
})

test('a stopped transport closes everything quickly and falls silent', async () => {
  const a = await startPeer(1, { members })
  const b = await startPeer(2, { members })
  await connect(a, b)
  b.transport.send(a.id, frameOf('x', 2_000_000))
  const begin = performance.now()
  await a.transport.stop()
  expect(performance.now() - begin).toBeLessThan(2_000)
  expect(a.transport.addresses()).toEqual([])
  a.transport.send(b.id, frameOf('too late'))
  a.transport.broadcast(frameOf('too late'), 'members')
  await a.transport.stop()
  await until(() => !b.reachable.has(a.id), 'the other end notices')
  expect(b.received('too late')).toBe(0)
})
