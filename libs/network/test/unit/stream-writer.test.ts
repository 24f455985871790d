import { expect, test } from 'vitest'
import type { Stream } from '@libp2p/interface'
import { createCounters } from '../../src/counters.ts'
import { DEFAULT_LIMITS } from '../../src/limits.ts'
import { createStreamWriter } from '../../src/stream-writer.ts'

/** A stream that takes chunks until it is full; `drain` makes room. */
class FakeStream extends EventTarget {
  writeStatus = 'writable'
  writableNeedsDrain = false
  writeBufferLength = 0
  readonly written: string[] = []
  full = false
  aborted = false

  send(bytes: Uint8Array): boolean {
    this.written.push(Buffer.from(bytes).toString())
    this.writableNeedsDrain = this.full
    return !this.full
  }

  drain(): void {
    this.writableNeedsDrain = false
    this.dispatchEvent(new Event('drain'))
  }

  abort(): void {
    this.aborted = true
  }
}

const create = (limits = {}) => {
  const counters = createCounters()
  const writer = createStreamWriter({ limits: { ...DEFAULT_LIMITS, ...limits }, counters })
  const stream = new FakeStream()
  const enqueue = (...texts: readonly string[]): void => {
    for (const text of texts) writer.enqueue(Buffer.from(text))
  }
  return { writer, stream, counters, enqueue, attach: () => writer.attach(stream as unknown as Stream) }
}

const turn = (): Promise<void> => new Promise(resolve => setImmediate(resolve))

test('what is queued in one turn is written together', async () => {
  const { stream, enqueue, attach } = create()
  attach()
  enqueue('a', 'b', 'c')
  expect(stream.written).toEqual([])
  await turn()
  expect(stream.written).toEqual(['abc'])
})

test('nothing is written to a full stream until it drains, as often as that happens', async () => {
  const { stream, enqueue, attach } = create()
  stream.full = true
  attach()
  for (const text of ['a', 'b', 'c']) {
    enqueue(text)
    await turn()
  }
  expect(stream.written).toEqual(['a'])
  stream.drain()
  await turn()
  expect(stream.written).toEqual(['a', 'bc'])
  enqueue('d')
  stream.drain()
  await turn()
  expect(stream.written).toEqual(['a', 'bc', 'd'])
})

test('a drain event does not help while libp2p still holds a chunk', async () => {
  const { stream, enqueue, attach } = create({ chunkBytes: 10 })
  attach()
  stream.writeBufferLength = 10
  enqueue('a')
  stream.drain()
  await turn()
  expect(stream.written).toEqual([])
  stream.writeBufferLength = 0
  stream.dispatchEvent(new Event('idle'))
  await turn()
  expect(stream.written).toEqual(['a'])
})

test('what waits when a stream is lost goes to the next one, unless it is cleared', async () => {
  const { writer, stream, counters, enqueue, attach } = create()
  enqueue('a')
  attach()
  await turn()
  writer.attach(undefined)
  enqueue('b')
  await turn()
  attach()
  await turn()
  expect(stream.written).toEqual(['a', 'b'])
  writer.attach(undefined)
  enqueue('c')
  writer.clear()
  expect(counters.all()).toEqual({ 'dropped-disconnected': 1 })
})

test('a stream is stalled when nothing moves for too long, not while it moves slowly', async () => {
  const { writer, stream, enqueue, attach } = create({ streamStallMs: 1_000 })
  stream.full = true
  attach()
  const begin = Date.now()
  expect(writer.isStalled(begin + 5_000)).toBe(false)
  enqueue('a', 'b')
  await turn()
  stream.writeBufferLength = 5
  expect(writer.isStalled(begin + 10_000)).toBe(false)
  stream.writeBufferLength = 4
  expect(writer.isStalled(begin + 20_000)).toBe(false)
  expect(writer.isStalled(begin + 20_999)).toBe(false)
  expect(writer.isStalled(begin + 21_000)).toBe(true)
})

test('a stream that throws is reset', async () => {
  const { stream, enqueue, attach } = create()
  stream.send = () => {
    stream.writeStatus = 'closed'
    throw new Error('closed')
  }
  attach()
  enqueue('a')
  await turn()
  expect(stream.aborted).toBe(true)
})
