import { connect as connectSocket } from 'node:net'
import type { Socket } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import type { Stream } from '@libp2p/interface'
import { yamux } from '@libp2p/yamux'
import { STREAM_PROTOCOL } from '../../src/index.ts'
import { connect, dialOf, frameOf, idOf, idsOf, startBarePeer, startPeer, until } from './peers.ts'
import type { TestPeer } from './peers.ts'

const members = idsOf(1, 2, 3)

/** An honest pair, to show afterwards that the first of them still works. */
const startPair = async (): Promise<readonly [TestPeer, TestPeer]> => {
  const a = await startPeer(1, { members, limits: { upgradeTimeoutMs: 1_000 } })
  const b = await startPeer(2, { members })
  await connect(a, b)
  return [a, b]
}

const stillWork = async (a: TestPeer, b: TestPeer): Promise<boolean> => {
  const text = `alive ${performance.now()}`
  b.transport.send(a.id, frameOf(text))
  a.transport.send(b.id, frameOf(text))
  await until(() => a.received(text) + b.received(text) === 2, 'frames flow')
  return true
}

const openSocket = async (peer: TestPeer): Promise<Socket> => {
  const port = Number(/tcp\/(\d+)/.exec(peer.transport.addresses()[0] ?? '')?.[1])
  const socket = connectSocket(port, '127.0.0.1')
  onTestFinished(() => void socket.destroy())
  socket.on('error', () => undefined)
  await new Promise(resolve => socket.once('connect', resolve))
  return socket
}

const closed = (socket: Socket): Promise<unknown> =>
  socket.destroyed ? Promise.resolve() : new Promise(resolve => socket.once('close', resolve))

test('garbage on the port closes that connection only', async () => {
  const [a, b] = await startPair()
  const greetings = [
    Buffer.alloc(200_000, 0xff),
    Buffer.alloc(200_000),
    Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\n'),
    Buffer.from('\x13/multistream/1.0.0\n\x07/noise\n'.concat('\xff'.repeat(500)), 'latin1')
  ]
  const sockets = await Promise.all(greetings.map(() => openSocket(a)))
  sockets.forEach((socket, at) => socket.write(greetings[at] ?? ''))
  await Promise.all(sockets.map(closed))
  expect(await stillWork(a, b)).toBe(true)
})

test('connections that say nothing are closed when their time is up', async () => {
  const a = await startPeer(1, { members, limits: { upgradeTimeoutMs: 300 } })
  const b = await startPeer(2, { members })
  const silent = await Promise.all(Array.from({ length: 20 }, () => openSocket(a)))
  await Promise.all(silent.map(closed))
  await connect(a, b)
  expect(a.count('connections-opened')).toBeGreaterThan(0)
})

const openMemberStream = async (a: TestPeer): Promise<Stream> => {
  const bare = await startBarePeer(3)
  const connection = await bare.dial(dialOf(a))
  return connection.newStream(STREAM_PROTOCOL)
}

test.each([
  ['a header that is not documented', [2, 0x7f, 1], 'refused-stream-garbage'],
  ['a length without an end', [0xff, 0xff, 0xff, 0xff, 0xff], 'refused-stream-garbage'],
  ['an empty message', [0], 'refused-stream-garbage'],
  ['a length above the limit', [0xff, 0xff, 0xff, 0x7f], 'refused-stream-oversize']
])('%s on a direct stream resets it and is charged', async (_what, bytes, counter) => {
  const [a, b] = await startPair()
  const stream = await openMemberStream(a)
  stream.send(Uint8Array.from(bytes))
  await until(() => stream.status !== 'open', 'reset')
  expect(a.count(counter)).toBe(1)
  expect(a.transport.peers().find(({ peerId }) => peerId === idOf(3))?.score).toBeLessThan(-20)
  expect(await stillWork(a, b)).toBe(true)
})

test('a message that comes byte by byte is put together', async () => {
  const [a] = await startPair()
  const stream = await openMemberStream(a)
  for (const byte of [6, 0, ...Buffer.from('piece')]) stream.send(Uint8Array.of(byte))
  await until(() => a.frames.length === 1, 'the frame')
  expect(a.frames).toEqual([{ text: 'piece', size: 5, from: idOf(3) }])
})

test('a peer gets only a few inbound streams', async () => {
  const [a, b] = await startPair()
  const bare = await startBarePeer(3)
  const connection = await bare.dial(dialOf(a))
  const streams = await Promise.all(
    Array.from({ length: 8 }, () => connection.newStream(STREAM_PROTOCOL).catch(() => undefined))
  )
  await until(() => streams.filter(stream => stream?.status === 'open').length <= 3, 'the others are reset')
  expect(await stillWork(a, b)).toBe(true)
})

test('a multiplexer frame that claims to be huge ends the connection before it fills memory', async () => {
  const [a, b] = await startPair()
  let ended: Promise<unknown> = Promise.resolve()
  const bare = await startBarePeer(3, () => {
    const factory = yamux()()
    const create = factory.createStreamMuxer.bind(factory)
    factory.createStreamMuxer = connection => {
      ended = new Promise(resolve => connection.addEventListener('close', resolve))
      connection.send(Uint8Array.of(0, 0, 0, 1, 0, 0, 0, 1, 0x7f, 0xff, 0xff, 0xff)) // data, stream 1, 2 GiB
      for (let n = 0; n < 8; n += 1) connection.send(new Uint8Array(1024 * 1024))
      return create(connection)
    }
    return factory
  })
  await bare.dial(dialOf(a)).catch(() => undefined)
  await ended
  expect(await stillWork(a, b)).toBe(true)
})

test('a peer that does not read costs no more than its queue, and gets the newest when it reads again', async () => {
  const a = await startPeer(1, { members, limits: { queueBytesMax: 1024 * 1024 } })
  const bare = await startBarePeer(3)
  let paused: Stream | undefined
  let received = Buffer.alloc(0)
  await bare.handle(STREAM_PROTOCOL, stream => {
    stream.addEventListener('message', event => {
      received = Buffer.concat([received, event.data.subarray()])
    })
    stream.pause()
    paused = stream
  })
  await bare.dial(dialOf(a))
  await until(() => a.reachable.has(idOf(3)) && paused !== undefined, 'connected')
  for (let n = 0; n < 200; n += 1) a.transport.send(idOf(3), frameOf(`frame ${n};`, 60_000))
  await until(() => a.count('dropped-queue-full') > 0, 'the bound is reached')
  expect(a.count('dropped-queue-full')).toBeGreaterThan(150)
  paused?.resume()
  await until(() => received.includes('frame 199;'), 'the newest frame')
  expect(received.includes('frame 100;')).toBe(false)
})
