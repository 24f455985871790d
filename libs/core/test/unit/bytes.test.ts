import { describe, expect, it } from 'vitest'
import {
  compareText,
  concatBytes,
  equalBytes,
  fromBase64,
  fromHex,
  fromUtf8,
  isDigest,
  sha256,
  sha256Bytes,
  sha256Parts,
  toBase64,
  toHex,
  utf8
} from '../../src/index.ts'

describe('byte strings', () => {
  it('have text forms that are read back', () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, i) => i)
    expect(fromHex(toHex(bytes))).toEqual(bytes)
    expect(fromBase64(toBase64(bytes))).toEqual(bytes)
    expect(fromUtf8(utf8('ü水𐅑'))).toBe('ü水𐅑')
  })

  it('print only the part that a view shows', () => {
    const view = Uint8Array.of(1, 2, 3, 4).subarray(1, 3)
    expect([toHex(view), toBase64(view)]).toEqual(['0203', 'AgM='])
  })

  it.each(['AgM', 'AgM=\n', ' AgM=', 'AgM==', 'AgN=', 'A-_=', 'AgM=AgM=', '='])(
    'refuse %j as base64',
    text => {
      expect(fromBase64(text)).toBeUndefined()
    }
  )

  it('keep a byte order mark and refuse broken UTF-8', () => {
    expect(fromUtf8(utf8('\ufeffa'))).toBe('\ufeffa')
    expect(fromUtf8(fromHex('ff'))).toBeUndefined()
  })

  it('are joined and compared', () => {
    expect(concatBytes(fromHex('01'), new Uint8Array(), fromHex('0203'))).toEqual(fromHex('010203'))
    expect([equalBytes(fromHex('01'), fromHex('01')), equalBytes(fromHex('01'), fromHex('0100'))]).toEqual([
      true,
      false
    ])
  })
})

describe('text', () => {
  it('is ordered by code units, not by locale', () => {
    expect(['b', 'a', 'B', 'é', 'aa'].toSorted(compareText)).toEqual(['B', 'a', 'aa', 'b', 'é'])
  })

  it.each([
    ['ab'.repeat(32), true],
    ['AB'.repeat(32), false],
    [`${'ab'.repeat(32)}\n`, false],
    ['ab'.repeat(31), false]
  ])('%j is a digest: %s', (text, expected) => {
    expect(isDigest(text)).toBe(expected)
  })
})

describe('SHA-256', () => {
  const abc = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
  it('is that of FIPS 180-4, in one piece or in parts', () => {
    expect(sha256(utf8('abc'))).toBe(abc)
    expect(sha256Bytes(utf8('abc'))).toEqual(fromHex(abc))
    expect(sha256Parts([utf8('a'), new Uint8Array(), utf8('bc')])).toBe(abc)
  })
})
