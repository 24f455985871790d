import { describe, expect, it } from 'vitest'
import type { CborValue } from '@quorate/contracts'
import {
  bool,
  byteString,
  digest,
  list,
  mapOf,
  nullable,
  oneOf,
  struct,
  text,
  uint,
  type Shape
} from '../../src/index.ts'

const small = struct({ count: uint(9), name: nullable(text(3)) })
const levels = mapOf(uint(9), { entriesMax: 2, keyBytesMax: 3 })

describe('shapes: what they read', () => {
  it.each<[string, Shape<unknown>, CborValue]>([
    ['uint at 0', uint(), 0],
    ['uint at its default bound', uint(), Number.MAX_SAFE_INTEGER],
    ['uint at its bound', uint(9), 9],
    ['bool', bool(), false],
    ['text at its bound', text(4), 'aé€'.slice(0, 2) + 'b'],
    ['text at its lower bound', text(4, 1), 'a'],
    ['bytes at their bounds', byteString(2, 2), new Uint8Array(2)],
    ['one of several names', oneOf('a', 'b'), 'b'],
    ['null where allowed', nullable(uint()), null],
    ['a list at its bound', list(uint(), 2, 2), [1, 2]],
    ['an empty list', list(uint(), 2), []],
    ['a list of nulls', list(nullable(uint()), 2), [null, 1]],
    ['a map at its bounds', levels, { a: 1, abc: 9 }],
    ['an empty map', levels, {}]
  ])('%s', (_, shape, value) => {
    expect(shape.decode(value)).toEqual(value)
    expect(shape.encode(value)).toEqual(value)
  })

  it('a digest is 32 bytes on the wire and hex in memory (W9)', () => {
    const hex = 'ab'.repeat(32)
    expect(digest().encode(hex)).toEqual(new Uint8Array(32).fill(0xab))
    expect(digest().decode(new Uint8Array(32).fill(0xab))).toBe(hex)
  })

  it('a struct is an array in the order of its declaration (W8)', () => {
    expect(small.encode({ count: 7, name: 'abc' })).toEqual([7, 'abc'])
    expect(small.decode([7, null])).toEqual({ count: 7, name: null })
  })
})

describe('shapes: what they refuse', () => {
  it.each<[string, Shape<unknown>, CborValue]>([
    ['uint above its bound', uint(9), 10],
    ['uint below 0', uint(), -1],
    ['uint as bigint', uint(), 2n ** 60n],
    ['uint as fraction', uint(), 0.5],
    ['uint as text', uint(), '1'],
    ['bool as number', bool(), 0],
    ['text above its bound in bytes', text(3), 'éé'],
    ['text far above its bound', text(3), 'x'.repeat(1000)],
    ['text below its lower bound', text(3, 1), ''],
    ['text as bytes', text(3), new Uint8Array(1)],
    ['bytes above their bound', byteString(2), new Uint8Array(3)],
    ['bytes below their lower bound', byteString(2, 2), new Uint8Array(1)],
    ['bytes as text', byteString(2), 'a'],
    ['bytes as list', byteString(2), [1, 2]],
    ['a digest of 31 bytes', digest(), new Uint8Array(31)],
    ['a digest as hex', digest(), 'ab'.repeat(32)],
    ['another name', oneOf('a', 'b'), 'c'],
    ['a name of Object', oneOf('a'), 'constructor'],
    ['null where a value is needed', uint(), null],
    ['a list above its bound', list(uint(), 2), [1, 2, 3]],
    ['a list below its lower bound', list(uint(), 2, 1), []],
    ['a list with a wrong item', list(uint(), 2), [1, 'x']],
    ['a map as list', list(uint(), 2), { a: 1 }],
    ['a map above its bound', levels, { a: 1, b: 2, c: 3 }],
    ['a map with a long key', levels, { abcd: 1 }],
    ['a map with an empty key', levels, { '': 1 }],
    ['a map with a wrong value', levels, { a: 10 }],
    ['a list as map', levels, []],
    ['bytes as map', levels, new Uint8Array()],
    ['null as map', levels, null],
    ['a struct with a field less (W8)', small, [1]],
    ['a struct with a field more (W8)', small, [1, 'a', 2]],
    ['a struct with a wrong field', small, [10, 'a']],
    ['a struct as map (W8)', small, { count: 1, name: 'a' }]
  ])('%s', (_, shape, value) => {
    expect(shape.decode(value)).toBeUndefined()
  })
})
