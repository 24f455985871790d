import { describe, expect, it } from 'vitest'
import { QuorateError } from '@quorate/contracts'
import { faultToleranceMax, quorumSize, resolveFaultTolerance, votersMissing } from '../../src/index.ts'

const sizes = Array.from({ length: 100 }, (_, i) => i + 1)
/** Every size with every fault tolerance that it can carry. */
const cases = sizes.flatMap(n => Array.from({ length: faultToleranceMax(n) + 1 }, (_, f) => ({ n, f })))

const failure = (n: number, asked: number): QuorateError => {
  try {
    resolveFaultTolerance(n, asked)
  } catch (error) {
    if (error instanceof QuorateError) return error
  }
  throw new Error('not refused')
}

describe('quorums (W26)', () => {
  it('any two share more voters than can lie, for all sizes up to 100', () => {
    expect(cases.filter(({ n, f }) => 2 * quorumSize(n, f) - n < f + 1)).toEqual([])
  })

  it('are no larger than that takes', () => {
    expect(cases.filter(({ n, f }) => 2 * (quorumSize(n, f) - 1) - n >= f + 1)).toEqual([])
  })

  it('are reached while f voters are absent', () => {
    expect(cases.filter(({ n, f }) => quorumSize(n, f) > n - f)).toEqual([])
  })

  it('are 2f+1 where n = 3f+1, and more elsewhere', () => {
    const exact = cases.filter(({ n, f }) => n === 3 * f + 1)
    expect(exact.filter(({ n, f }) => quorumSize(n, f) !== 2 * f + 1)).toEqual([])
    expect([quorumSize(5, 1), quorumSize(6, 1)]).toEqual([4, 4])
  })
})

describe('fault tolerance (W26)', () => {
  it('is the most that n carries, unless asked for', () => {
    expect([1, 3, 4, 6, 7, 10].map(n => resolveFaultTolerance(n, null))).toEqual([0, 0, 1, 1, 2, 3])
    expect(sizes.filter(n => n <= 3 * faultToleranceMax(n))).toEqual([])
  })

  it('may be asked to be lower', () => {
    expect([0, 1, 2].map(f => resolveFaultTolerance(7, f))).toEqual([0, 1, 2])
  })

  it('is refused beyond what n carries, naming how many voters are missing', () => {
    expect(failure(4, 2)).toMatchObject({ code: 'QRT_FAULT_TOLERANCE', details: { missing: 3 } })
    expect(failure(6, 2).message).toContain('1 more voter is needed')
    expect(sizes.every(n => votersMissing(n, faultToleranceMax(n) + 1) > 0)).toBe(true)
  })

  it.each([-1, 0.5, Number.NaN, 2 ** 60])('is refused when it is %d', asked => {
    expect(failure(100, asked).code).toBe('QRT_USAGE')
  })

  it('is nothing for no voters', () => {
    expect(faultToleranceMax(0)).toBe(0)
  })
})
