import { describe, expect, it } from 'vitest'
import { parseCapabilities } from '../../../src/input/capabilities.ts'
import { parseJson, parseJsonObject } from '../../../src/input/json-value.ts'
import { COUNT, FRACTION, NOT_NEGATIVE, POSITIVE, parseNumber } from '../../../src/input/number.ts'
import { parsePairs } from '../../../src/input/pairs.ts'
import { parseQuantity } from '../../../src/input/quantity.ts'
import { coded } from '../coded.ts'

describe('numbers', () => {
  it('reads those in range', () => {
    expect(parseNumber('0.9', 'x', FRACTION)).toBe(0.9)
    expect(parseNumber('1e3', 'x', NOT_NEGATIVE)).toBe(1000)
    expect(parseNumber('.5', 'x', POSITIVE)).toBe(0.5)
    expect(parseNumber('7', 'x', COUNT)).toBe(7)
  })

  it.each([
    ['1.1', FRACTION, 'x must be a number from 0 to 1'],
    ['-1', NOT_NEGATIVE, 'x must be a number of at least 0'],
    ['0', POSITIVE, 'x must be a number above 0'],
    ['1.5', COUNT, 'x must be a whole number of at least 0'],
    ['', COUNT, 'x must be'],
    ['0x10', COUNT, 'x must be'],
    ['Infinity', POSITIVE, 'x must be'],
    ['1e999', POSITIVE, 'x must be']
  ])('refuses %j', (text, range, message) => {
    expect(() => parseNumber(text, 'x', range)).toThrow(message)
  })
})

describe('pairs', () => {
  it('reads names and values', () => {
    const read = (value: string): number => parseNumber(value, 'x', FRACTION)
    expect(parsePairs('cost=0.4, quality=0.3', '--weights', read)).toEqual({ cost: 0.4, quality: 0.3 })
  })

  it.each(['', 'cost', '=1', 'cost=1,', 'cost=1,cost=2'])('refuses %j', text => {
    expect(() => parsePairs(text, '--weights', Number)).toThrow(coded('QRT_USAGE'))
  })
})

describe('quantities', () => {
  it.each([
    ['4', 4],
    ['0.5', 0.5],
    ['8GiB', 8 * 1024 ** 3],
    ['8Gi', 8 * 1024 ** 3],
    ['500MB', 5e8],
    ['1k', 1000],
    ['1K', 1000]
  ])('reads %s', (text, amount) => {
    expect(parseQuantity(text, 'x')).toBe(amount)
  })

  it.each(['', 'GiB', '-4', '4 apples', '1.2.3'])('refuses %j', text => {
    expect(() => parseQuantity(text, 'x')).toThrow(coded('QRT_USAGE'))
  })
})

describe('capabilities', () => {
  it('takes a name alone for level 1', () => {
    expect(parseCapabilities(['gpu', 'typescript=0.9'])).toEqual({ gpu: 1, typescript: 0.9 })
  })

  it.each([[['=1']], [['gpu=2']], [['gpu', 'gpu=0.5']], [['gpu=']]])('refuses %j', given => {
    expect(() => parseCapabilities(given)).toThrow(coded('QRT_USAGE'))
  })
})

describe('JSON', () => {
  it('reads any value, or an object', () => {
    expect(parseJson('[1, "a"]', 'x')).toEqual([1, 'a'])
    expect(parseJsonObject('{"a": 1}', 'x')).toEqual({ a: 1 })
  })

  it('says what is wrong', () => {
    expect(() => parseJson('{a: 1}', '--data')).toThrow('--data is not JSON')
    expect(() => parseJsonObject('[]', '--requirements')).toThrow('--requirements must be a JSON object')
  })
})
