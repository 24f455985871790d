import { expect, test } from 'vitest'
import * as fc from 'fast-check'
import { createMessageDecoder } from '../../src/message-decoder.ts'
import { decodeStreamMessage, encodeStreamMessage } from '../../src/stream-message.ts'
import type { StreamMessage } from '../../src/stream-message.ts'

const decode = (pieces: Iterable<Uint8Array>, bytesMax = 1_000_000) => {
  const messages: Uint8Array[] = []
  const decoder = createMessageDecoder({ bytesMax, onMessage: bytes => void messages.push(bytes) })
  for (const piece of pieces) {
    const failure = decoder.push(piece)
    if (failure !== undefined) return { messages, failure }
  }
  return { messages, failure: undefined }
}

/** Cuts bytes into pieces at the given fractions. */
const cut = (bytes: Uint8Array, at: readonly number[]): Uint8Array[] => {
  const ends = [...at.map(it => Math.floor(it * bytes.length)), bytes.length].toSorted((a, b) => a - b)
  return ends.map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end))
}

const anyMessage: fc.Arbitrary<StreamMessage> = fc.oneof(
  fc.record({
    addressed: fc.constant(false),
    hops: fc.integer({ min: 0, max: 3 }),
    frame: fc.uint8Array({ minLength: 1, maxLength: 300 })
  }),
  fc.record({
    addressed: fc.constant(true),
    hops: fc.constant(0),
    frame: fc.uint8Array({ minLength: 1, maxLength: 300 })
  })
)

test('what was encoded is decoded, however it is cut', () => {
  const cuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }))
  fc.assert(
    fc.property(fc.array(anyMessage), cuts, (messages, at) => {
      const bytes = Buffer.concat(messages.map(encodeStreamMessage))
      const decoded = decode(cut(bytes, at)).messages.map(decodeStreamMessage)
      expect(decoded).toEqual(messages.map(it => ({ ...it, frame: new Uint8Array(it.frame) })))
    })
  )
})

test('the encoding is a varint length, a header byte and the frame', () => {
  const frame = Uint8Array.of(1, 2, 3)
  expect([...encodeStreamMessage({ addressed: false, hops: 3, frame })]).toEqual([4, 3, 1, 2, 3])
  expect([...encodeStreamMessage({ addressed: true, hops: 0, frame })]).toEqual([4, 0x80, 1, 2, 3])
  const long = encodeStreamMessage({ addressed: false, hops: 0, frame: new Uint8Array(299) })
  expect([...long.subarray(0, 3)]).toEqual([0xac, 0x02, 0])
})

test.each([[0x04], [0x81], [0x7f], [0xff]])('the header byte %i is refused', header => {
  expect(decodeStreamMessage(Uint8Array.of(header, 1))).toBeUndefined()
})

test('any bytes at all are read without an exception', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array()), pieces => {
      expect(() => decode(pieces, 1_000)).not.toThrow()
    })
  )
})

test.each([
  ['no bytes', [0], 'stream-garbage'],
  ['a header without a frame', [1, 0], 'stream-garbage'],
  ['a length of more than four bytes', [0x80, 0x80, 0x80, 0x80, 0x01], 'stream-garbage'],
  ['more than the limit', [0xe9, 0x07], 'stream-oversize']
])('a message of %s is refused', (_what, bytes, failure) => {
  expect(decode([Uint8Array.from(bytes)], 1_000).failure).toBe(failure)
})

test('messages are copies: the chunk they came in may be reused', () => {
  const chunk = Buffer.from(encodeStreamMessage({ addressed: false, hops: 0, frame: Buffer.from('kept') }))
  const { messages } = decode([chunk])
  chunk.fill(0)
  expect(Buffer.from(messages[0] ?? []).toString('latin1')).toBe('\0kept')
})
