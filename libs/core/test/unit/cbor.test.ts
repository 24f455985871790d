import { describe, expect, it } from 'vitest'
import type { CborValue } from '@quorate/contracts'
import { decodeCbor, encodeCbor, fromHex, toHex } from '../../src/index.ts'

const read = (hex: string): CborValue | undefined => decodeCbor(fromHex(hex))

describe('canonical CBOR: what is allowed (W1)', () => {
  // Values of RFC 8949, appendix A, and the bounds of each length.
  it.each<[CborValue, string]>([
    [0, '00'],
    [23, '17'],
    [24, '1818'],
    [255, '18ff'],
    [256, '190100'],
    [65_535, '19ffff'],
    [65_536, '1a00010000'],
    [4_294_967_295, '1affffffff'],
    [4_294_967_296, '1b0000000100000000'],
    [9_007_199_254_740_991, '1b001fffffffffffff'],
    [9_007_199_254_740_992n, '1b0020000000000000'],
    [18_446_744_073_709_551_615n, '1bffffffffffffffff'],
    [-1, '20'],
    [-24, '37'],
    [-25, '3818'],
    [-9_007_199_254_740_991, '3b001ffffffffffffe'],
    [-9_007_199_254_740_992n, '3b001fffffffffffff'],
    [-18_446_744_073_709_551_616n, '3bffffffffffffffff'],
    [false, 'f4'],
    [true, 'f5'],
    [null, 'f6'],
    [new Uint8Array(), '40'],
    [fromHex('01020304'), '4401020304'],
    ['', '60'],
    ['IETF', '6449455446'],
    ['ü水𐅑', '69c3bce6b0b4f0908591'],
    ['\ufeffa', '64efbbbf61'],
    [[], '80'],
    [[1, [2, 3]], '8201820203'],
    [{}, 'a0'],
    [{ a: 1, b: [2, 3] }, 'a26161016162820203']
  ])('%o is %s', (value, hex) => {
    expect(toHex(encodeCbor(value))).toBe(hex)
    expect(read(hex)).toEqual(value)
  })

  it('text and bytes of every length form', () => {
    for (const length of [23, 24, 255, 256, 65_535, 65_536]) {
      for (const value of ['x'.repeat(length), new Uint8Array(length)]) {
        expect(decodeCbor(encodeCbor(value))).toEqual(value)
      }
    }
  })

  it('keys are ordered by their encoded bytes: shorter first (W5)', () => {
    expect(Object.keys(read(toHex(encodeCbor({ b: 1, aa: 2, é: 3, a: 4 }))) ?? {})).toEqual([
      'a',
      'b',
      'aa',
      'é'
    ])
  })

  it('names of object methods are keys like any other (W5)', () => {
    const value = { constructor: 1, toString: 2, hasOwnProperty: 3 }
    expect(decodeCbor(encodeCbor(value))).toEqual(value)
  })

  it('decoded bytes do not share memory with what they came in', () => {
    const buffer = Buffer.from(encodeCbor([fromHex('0102')]))
    const value = decodeCbor(buffer) as readonly Uint8Array[]
    buffer.fill(0)
    expect(value).toEqual([fromHex('0102')])
    expect(Buffer.isBuffer(value[0])).toBe(false)
  })

  it('encodes to plain byte arrays, never to a Buffer', () => {
    expect(Buffer.isBuffer(encodeCbor(['x'.repeat(100), new Uint8Array(100)]))).toBe(false)
  })

  it('replaces lone surrogates when it encodes (W4)', () => {
    expect(toHex(encodeCbor('\ud800'))).toBe('63efbfbd')
  })
})

describe('canonical CBOR: what is refused', () => {
  it.each([
    ['nothing', ''],
    ['two values (W7)', '0000'],
    ['a value cut short', '1901'],
    ['bytes cut short', '4401'],
    ['text cut short', '6461'],
    ['an array cut short', '8201'],
    ['a map cut short', 'a16161'],
    ['a float16 (W1)', 'f93c00'],
    ['a float32 (W1)', 'fa47c35000'],
    ['a float64 (W1)', 'fb3ff199999999999a'],
    ['NaN (W1)', 'f97e00'],
    ['undefined (W1)', 'f7'],
    ['another simple value (W1)', 'f0'],
    ['a simple value in two bytes (W1)', 'f814'],
    ['a break alone (W1)', 'ff'],
    ['a tag (W1)', 'c074323031332d30332d32315432303a30343a30305a'],
    ['a bignum (W1)', 'c249010000000000000000'],
    ['indefinite bytes (W2)', '5f42010243030405ff'],
    ['indefinite text (W2)', '7f657374726561646d696e67ff'],
    ['an indefinite array (W2)', '9f01ff'],
    ['an indefinite map (W2)', 'bf616101ff'],
    ['reserved lengths (W2)', '1c'],
    ['23 in two bytes (W2)', '1817'],
    ['255 in three bytes (W2)', '1900ff'],
    ['65535 in five bytes (W2)', '1a0000ffff'],
    ['4294967295 in nine bytes (W2)', '1b00000000ffffffff'],
    ['-1 in two bytes (W2)', '3800'],
    ['a length in two bytes (W2)', '580101'],
    ['a count in two bytes (W2)', '980100'],
    ['broken UTF-8 (W4)', '61ff'],
    ['an overlong UTF-8 form (W4)', '62c080'],
    ['a surrogate in UTF-8 (W4)', '63eda080'],
    ['long broken UTF-8 (W4)', `7820${'61'.repeat(31)}ff`],
    ['keys out of order (W5)', 'a2616201616102'],
    ['a longer key first (W5)', 'a262616101616202'],
    ['a key twice (W5)', 'a2616101616102'],
    ['a number as key (W5)', 'a10102'],
    ['bytes as key (W5)', 'a1416101'],
    ['the key __proto__ (W5)', 'a1695f5f70726f746f5f5f01'],
    ['an impossible length', '5b7fffffffffffffff'],
    ['an impossible count', '9b7fffffffffffffff'],
    ['an impossible number of pairs', 'bbffffffffffffffff']
  ])('%s', (_, hex) => {
    expect(read(hex)).toBeUndefined()
  })

  it.each<[string, unknown]>([
    ['a fraction', 1.5],
    ['a number beyond 2^53', 2 ** 60],
    ['undefined inside', [undefined]],
    ['NaN', Number.NaN]
  ])('what we should not have encoded: %s', (_, value) => {
    expect(decodeCbor(encodeCbor(value as CborValue))).toBeUndefined()
  })
})

describe('depth (W6)', () => {
  const nested = (levels: number): Uint8Array => new Uint8Array([...new Uint8Array(levels).fill(0x81), 0x80])

  it('is allowed up to 32 levels below the outermost', () => {
    expect(decodeCbor(nested(32))).toBeDefined()
    expect(decodeCbor(nested(33))).toBeUndefined()
  })

  it('counts maps as well', () => {
    const maps = (levels: number): Uint8Array => fromHex(`${'a16161'.repeat(levels)}a0`)
    expect(decodeCbor(maps(32))).toBeDefined()
    expect(decodeCbor(maps(33))).toBeUndefined()
  })

  it('two million levels neither overflow the stack nor take long', () => {
    expect(decodeCbor(nested(2_000_000))).toBeUndefined()
  })
})
