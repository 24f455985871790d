import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareText } from '@quorate/core'
import { AFTER_ALL_KEYS, decodeKey, encodeKey } from '../../src/key-codec.ts'

/** Any UTF-16 code units, lone surrogates included, with the troublesome ones frequent. */
const anyText = fc
  .array(
    fc.oneof(
      fc.integer({ min: 0, max: 0xffff }),
      fc.constantFrom(0, 0x7f, 0x80, 0x7ff, 0x800, 0xd800, 0xdfff, 0xfffd, 0xffff)
    )
  )
  .map(units => String.fromCharCode(...units))

test('every text comes back as it was, lone surrogates included', () => {
  fc.assert(
    fc.property(anyText, text => {
      expect(decodeKey(encodeKey(text))).toBe(text)
    })
  )
})

test('the order of the bytes is the order of the code units', () => {
  fc.assert(
    fc.property(anyText, anyText, (a, b) => {
      expect(Buffer.compare(encodeKey(a), encodeKey(b))).toBe(compareText(a, b))
    })
  )
})

test('plain text is plain UTF-8 in the file', () => {
  expect(Buffer.from(encodeKey('slot/0001 äö')).toString('utf8')).toBe('slot/0001 äö')
})

test('no key sorts after the end mark', () => {
  fc.assert(
    fc.property(anyText, text => {
      expect(Buffer.compare(encodeKey(text), AFTER_ALL_KEYS)).toBe(-1)
    })
  )
})
