import { describe, expect, it } from 'vitest'
import type { CborValue } from '@quorate/contracts'
import {
  LIMITS,
  decodeContent,
  decodeFrame,
  encodeCbor,
  encodeContent,
  encodeFrame,
  fromHex,
  signatureInput,
  toHex,
  utf8
} from '../../../src/index.ts'

const signedBytes = encodeContent({ kind: 'k', author: 'alice', body: [1] })
const signature = new Uint8Array(64).fill(7)

describe('frames (W10)', () => {
  it('are read as they were written', () => {
    expect(decodeFrame(encodeFrame({ signedBytes, signature }))).toMatchObject({ signedBytes, signature })
    expect(decodeContent(signedBytes)).toEqual({ kind: 'k', author: 'alice', body: [1] })
  })

  it.each<[string, CborValue]>([
    ['another version (W11)', [2, signedBytes, signature]],
    ['version 0 (W11)', [0, signedBytes, signature]],
    ['a signature of 63 bytes', [1, signedBytes, signature.subarray(1)]],
    ['a signature of 65 bytes', [1, signedBytes, new Uint8Array(65)]],
    ['text in place of bytes', [1, 'signed', signature]],
    ['a field less', [1, signedBytes]],
    ['a field more', [1, signedBytes, signature, null]],
    ['a map', { v: 1 }]
  ])('are refused with %s', (_, value) => {
    expect(decodeFrame(encodeCbor(value))).toBeUndefined()
  })

  it('are refused above their largest size (W12), before they are read', () => {
    const frame = (bytes: number): Uint8Array =>
      encodeFrame({ signedBytes: new Uint8Array(bytes), signature })
    const overhead = frame(LIMITS.frameBytesMax - 100).length - (LIMITS.frameBytesMax - 100)
    expect(decodeFrame(frame(LIMITS.frameBytesMax - overhead))).toBeDefined()
    expect(decodeFrame(frame(LIMITS.frameBytesMax - overhead + 1))).toBeUndefined()
  })
})

describe('content (W13)', () => {
  it.each<[string, CborValue]>([
    ['an empty kind', ['', 'alice', 1]],
    ['a long kind', ['k'.repeat(LIMITS.kindBytesMax + 1), 'alice', 1]],
    ['an empty author', ['k', '', 1]],
    ['a long author', ['k', 'a'.repeat(LIMITS.peerIdBytesMax + 1), 1]],
    ['a kind that is no text', [1, 'alice', 1]],
    ['no body', ['k', 'alice']],
    ['two bodies', ['k', 'alice', 1, 2]],
    ['a map', { kind: 'k' }]
  ])('is refused with %s', (_, value) => {
    expect(decodeContent(encodeCbor(value))).toBeUndefined()
  })

  it('is refused when it is not canonical', () => {
    expect(decodeContent(fromHex('83616b616118011801'))).toBeUndefined()
  })

  it('may carry null', () => {
    expect(decodeContent(encodeContent({ kind: 'k', author: 'a', body: null }))?.body).toBeNull()
  })
})

describe('the signature input (S4)', () => {
  const [group, digest] = ['11'.repeat(32), '22'.repeat(32)]
  it('is domain, kind, group and digest, apart by zero bytes', () => {
    const expected = `${toHex(utf8('quorate/v1/ballot'))}00${group}00${digest}`
    expect(toHex(signatureInput('ballot', group, digest))).toBe(expected)
  })

  it('differs in every part', () => {
    const inputs = [
      signatureInput('a', group, digest),
      signatureInput('b', group, digest),
      signatureInput('a', digest, digest),
      signatureInput('a', group, group)
    ].map(toHex)
    expect(new Set(inputs).size).toBe(4)
  })
})
