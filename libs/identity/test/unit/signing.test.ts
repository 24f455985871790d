import { describe, expect, it } from 'vitest'
import type { CborValue, Opened } from '@quorate/contracts'
import { encodeCbor, encodeContent, encodeFrame, sha256, utf8 } from '@quorate/core'
import { createOpener, createSigning } from '../../src/index.ts'
import { testKey } from '../support/group.ts'

const groupId = sha256(utf8('group'))
const signing = createSigning({ key: testKey(1), groupId })
const codeOf = (opened: Opened): string =>
  opened.ok || opened.verdict.outcome === 'accept' ? 'ok' : opened.verdict.code

const unsigned = (author: string): Uint8Array =>
  encodeFrame({ signedBytes: encodeContent({ kind: 'k', author, body: 1 }), signature: new Uint8Array(64) })

describe('signing', () => {
  it('opens what it signs', () => {
    const envelope = signing.sign('greeting', ['hello', 7])
    expect(envelope).toMatchObject({ kind: 'greeting', author: testKey(1).peerId, body: ['hello', 7] })
    const opened = createOpener({ groupId }).open(envelope.frame)
    expect(opened).toEqual({ ok: true, envelope })
  })

  it('gives the same bytes for the same key and body', () => {
    expect(signing.sign('k', [1]).frame).toEqual(
      createSigning({ key: testKey(1), groupId }).sign('k', [1]).frame
    )
  })

  it('refuses a frame of another group (S4)', () => {
    const other = createOpener({ groupId: sha256(utf8('other')) })
    expect(codeOf(other.open(signing.sign('k', 1).frame))).toBe('signature-invalid')
  })

  it('refuses a frame whose author did not sign it (S5)', () => {
    expect(codeOf(signing.open(unsigned(testKey(2).peerId)))).toBe('signature-invalid')
  })

  it('refuses an author that is no Ed25519 peer id (S1)', () => {
    expect(codeOf(signing.open(unsigned('nobody')))).toBe('author-malformed')
  })

  it.each<[string, CborValue]>([
    ['an empty frame', []],
    ['another version', [2, encodeContent({ kind: 'k', author: 'a', body: 1 }), new Uint8Array(64)]],
    ['a short signature', [1, encodeContent({ kind: 'k', author: 'a', body: 1 }), new Uint8Array(63)]],
    ['a fourth field', [1, encodeContent({ kind: 'k', author: 'a', body: 1 }), new Uint8Array(64), 0]],
    ['content without a body', [1, encodeCbor(['k', 'a']), new Uint8Array(64)]],
    ['content of an empty kind', [1, encodeCbor(['', 'a', 1]), new Uint8Array(64)]]
  ])('refuses %s as malformed', (_, frame) => {
    expect(codeOf(signing.open(encodeCbor(frame)))).toBe('frame-malformed')
  })

  it('gives the author the same body as everybody else: text is made well-formed before it is signed', () => {
    const envelope = signing.sign('k', ['\ud800'])
    expect(createOpener({ groupId }).open(envelope.frame)).toEqual({ ok: true, envelope })
  })

  it('signs text that begins with a byte order mark', () => {
    expect(signing.sign('k', '\ufeffhello').body).toBe('\ufeffhello')
  })

  it('throws on a body of ours that is not canonical CBOR', () => {
    expect(() => signing.sign('k', 1.5)).toThrow('canonical CBOR')
  })
})

describe('the cache of opened frames', () => {
  it('returns the very same envelope, for own frames from the start', () => {
    const envelope = signing.sign('k', ['cached'])
    const opened = signing.open(Uint8Array.from(envelope.frame))
    expect(opened.ok && opened.envelope === envelope).toBe(true)
  })

  it('does not change with the buffer that a frame came in', () => {
    const { frame } = createSigning({ key: testKey(2), groupId }).sign('k', ['buffer'])
    const buffer = Uint8Array.from(frame)
    const opened = signing.open(buffer)
    buffer.fill(0)
    expect(opened.ok && opened.envelope.frame).toEqual(frame)
  })

  it('forgets the oldest beyond its count', () => {
    const small = createSigning({ key: testKey(1), groupId, cacheEntriesMax: 2 })
    const envelopes = [1, 2, 3].map(i => small.sign('k', i))
    const same = envelopes.map(envelope => {
      const opened = small.open(envelope.frame)
      return opened.ok && opened.envelope === envelope
    })
    expect(same).toEqual([false, false, false])
    const last = small.sign('k', 4)
    expect(small.open(last.frame)).toMatchObject({ envelope: last })
  })

  it('is bounded by bytes, and keeps no frame that would fill it', () => {
    const small = createSigning({ key: testKey(1), groupId, cacheBytesMax: 10_000 })
    const large = small.sign('k', new Uint8Array(2_000))
    const reopened = small.open(large.frame)
    expect(reopened.ok && reopened.envelope !== large).toBe(true)
    const first = small.sign('k', new Uint8Array(1_000))
    for (let i = 0; i < 10; i++) small.sign('k', new Uint8Array(1_000).fill(i + 1))
    const again = small.open(first.frame)
    expect(again.ok && again.envelope !== first).toBe(true)
  })

  it('remembers refusals apart from what is good', () => {
    const small = createSigning({ key: testKey(1), groupId, cacheEntriesMax: 4 })
    const good = small.sign('k', 'good')
    for (let i = 0; i < 100; i++) small.open(utf8(`garbage ${i}`))
    const opened = small.open(good.frame)
    expect(opened.ok && opened.envelope === good).toBe(true)
    expect(codeOf(small.open(utf8('garbage 99')))).toBe('frame-malformed')
  })
})
