import { describe, expect, it } from 'vitest'
import { PPM, clamp, fromMicro, mulDiv, ratioPpm, toMicro } from '../../src/index.ts'

describe('fixed-point numbers', () => {
  it('multiply before they divide, and round down', () => {
    expect(mulDiv(7n, 3n, 2n)).toBe(10n)
    expect(mulDiv(2n ** 80n, 2n ** 80n, 2n ** 80n)).toBe(2n ** 80n)
  })

  it.each([
    [1n, 1n, 0n],
    [-1n, 1n, 1n],
    [1n, -1n, 1n]
  ])('mulDiv(%d, %d, %d) is a bug of ours', (a, b, divisor) => {
    expect(() => mulDiv(a, b, divisor)).toThrow('mulDiv takes')
  })

  it('give ratios in ppm between 0 and 1', () => {
    expect([ratioPpm(1n, 3n), ratioPpm(5n, 3n), ratioPpm(-1n, 3n)]).toEqual([333_333n, PPM, 0n])
  })

  it('are clamped', () => {
    expect([clamp(-1n, 0n, 5n), clamp(3n, 0n, 5n), clamp(9n, 0n, 5n)]).toEqual([0n, 3n, 5n])
  })
})

describe('decimal numbers at the edge', () => {
  it.each([
    [0, 0],
    [-0, 0],
    [1, 1_000_000],
    [0.1, 100_000],
    [0.0000005, 1],
    [-0.0000005, -1],
    [0.0000004, 0],
    [-0.0000004, 0],
    [1.1, 1_100_000],
    [9_007_199_254, 9_007_199_254_000_000]
  ])('%d is %d micro-units', (value, micro) => {
    expect(toMicro(value)).toBe(micro)
  })

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 1e10, -1e10])('%d does not fit', value => {
    expect(toMicro(value)).toBeUndefined()
  })

  it('come back for display', () => {
    expect([fromMicro(1_500_000), fromMicro(-1n)]).toEqual([1.5, -0.000001])
  })
})
