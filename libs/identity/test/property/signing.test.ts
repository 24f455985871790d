import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CborValue } from '@quorate/contracts'
import { sha256, utf8 } from '@quorate/core'
import { createOpener, createSigning } from '../../src/index.ts'
import { testKey } from '../support/group.ts'

const groupId = sha256(utf8('group'))
const signing = createSigning({ key: testKey(1), groupId })

const { body } = fc.letrec<{ body: CborValue }>(tie => ({
  body: fc.oneof(
    { maxDepth: 3 },
    fc.constant(null),
    fc.boolean(),
    fc.maxSafeInteger().map(n => (Object.is(n, -0) ? 0 : n)),
    fc.string({ unit: 'binary' }),
    fc.uint8Array(),
    fc.array(tie('body'), { maxLength: 4 })
  )
}))

describe('frames', () => {
  it('round trip: everybody opens what anybody signs', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 16 }), body, (kind, value) => {
        const envelope = signing.sign(kind, value)
        expect(createOpener({ groupId }).open(envelope.frame)).toEqual({ ok: true, envelope })
      })
    )
  })

  it('every change of a single byte is refused', () => {
    const { frame } = signing.sign('ballot', ['accept', 900_000, 'fine', new Uint8Array(32)])
    const opener = createOpener({ groupId })
    for (let i = 0; i < frame.length; i++) {
      for (let bit = 0; bit < 8; bit++) {
        const changed = Uint8Array.from(frame)
        changed[i] = (changed[i] ?? 0) ^ (1 << bit)
        expect(opener.open(changed).ok, `byte ${i}, bit ${bit}`).toBe(false)
      }
    }
  })

  it('arbitrary bytes never throw and never open', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), bytes => {
        expect(signing.open(bytes).ok).toBe(false)
      })
    )
  })
})
