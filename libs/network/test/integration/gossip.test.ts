import { expect, test } from 'vitest'
import type { Stream } from '@libp2p/interface'
import { STREAM_PROTOCOL } from '../../src/index.ts'
import { topicsOf } from '../../src/gossip-options.ts'
import { ignore } from '@quorate/contracts'
import { dialOf, frameOf, GROUP, idOf, idsOf, startBarePeer, startPeer, textOf, until } from './peers.ts'
import type { BarePeer, TestPeer } from './peers.ts'

const members = idsOf(1, 2)
const topics = topicsOf(GROUP)

/** A transport and a bare peer that gossips with it, and reads direct streams without a word. */
const startWithBare = async (init: Partial<Parameters<typeof startPeer>[1]> = {}) => {
  const a = await startPeer(1, { members, limits: { gossipWatchMs: 50 }, ...init })
  const bare = await startBarePeer(2)
  const heard: string[] = []
  bare.services.gossip.addEventListener('message', ({ detail }) => void heard.push(textOf(detail.data)))
  for (const topic of Object.values(topics)) bare.services.gossip.subscribe(topic)
  await bare.handle(STREAM_PROTOCOL, () => undefined)
  await bare.dial(dialOf(a))
  await until(() => a.reachable.has(idOf(2)), 'connected')
  await flow(a, heard)
  return { a, bare, heard }
}

/** Resolves when what the transport publishes is heard. */
const flow = async (a: TestPeer, heard: readonly string[]): Promise<void> => {
  const text = `flow ${performance.now()}`
  let n = 0
  await until(() => {
    a.transport.broadcast(frameOf(`${text} ${(n += 1)}`), 'members')
    return heard.some(it => it.startsWith(text))
  }, 'gossip flows')
}

const gossipStreams = (bare: BarePeer, direction: Stream['direction']): Stream[] =>
  bare
    .getConnections()
    .flatMap(({ streams }) => streams)
    .filter(stream => stream.direction === direction && stream.protocol.startsWith('/meshsub/'))

test('a gossip stream that is reset on an open connection is opened again', async () => {
  const { a, bare, heard } = await startWithBare()
  for (const stream of gossipStreams(bare, 'inbound')) stream.abort(new Error('reset by the test'))
  await flow(a, heard)
  expect(bare.getConnections()).toHaveLength(1)
})

test('a subscription that was forgotten is asked for again, by resetting the stream that brings it', async () => {
  const { a, bare } = await startWithBare()
  const [brings] = gossipStreams(bare, 'outbound')
  for (const topic of Object.values(topics)) bare.services.gossip.unsubscribe(topic)
  await until(() => brings?.status !== 'open', 'the stream is reset')
  await until(() => a.count('gossip-resubscribed') > 0, 'counted')
  expect(bare.getConnections()).toHaveLength(1)
})

test('gossip is judged: accepted frames arrive once, oversize ones are charged', async () => {
  const { a, bare } = await startWithBare()
  await bare.services.gossip.publish(topics.voters, frameOf('a vote'))
  await until(() => a.received('a vote') === 1, 'the frame')
  await bare.services.gossip.publish(topics.members, frameOf('big', 49 * 1024))
  await until(() => a.count('refused-gossip-oversize') === 1, 'charged')
  expect(a.received('big')).toBe(0)
})

test('a message that names its author outside the signed frame is not let through', async () => {
  const { a, bare } = await startWithBare()
  const field = (tag: number, bytes: Uint8Array) => Buffer.concat([Uint8Array.of(tag, bytes.length), bytes])
  const message = Buffer.concat([
    field(0x0a, Buffer.from('somebody')),
    field(0x12, frameOf('with from')),
    Uint8Array.of(0x22, topics.members.length),
    Buffer.from(topics.members)
  ])
  const rpc = Buffer.concat([Uint8Array.of(0x12), varint(message.length), message])
  const [stream] = gossipStreams(bare, 'outbound')
  stream?.send(Buffer.concat([varint(rpc.length), rpc]))
  await until(() => a.count('gossip-from-refused') === 1, 'refused')
  await bare.services.gossip.publish(topics.members, frameOf('with from'))
  await until(() => a.received('with from') > 0, 'the honest form of the same frame')
  expect(a.received('with from')).toBe(1)
})

const varint = (value: number): Uint8Array =>
  value < 0x80 ? Uint8Array.of(value) : Uint8Array.of((value & 0x7f) | 0x80, value >> 7)

test('a frame that came by stream is not judged again when gossip brings it, whatever the verdict', async () => {
  const { a, bare } = await startWithBare({
    judge: text => (text === 'early' ? ignore('early') : { outcome: 'accept' })
  })
  const stream = await bare.getConnections()[0]?.newStream(STREAM_PROTOCOL)
  stream?.send(Buffer.concat([Uint8Array.of(6, 0), frameOf('early')]))
  await until(() => a.received('early') === 1, 'by stream')
  const before = a.count('frames-duplicate')
  await bare.services.gossip.publish(topics.members, frameOf('early'))
  await until(() => a.count('frames-duplicate') === before + 1, 'by gossip')
  expect(a.received('early')).toBe(1)
})
