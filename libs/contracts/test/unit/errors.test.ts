import { describe, expect, it } from 'vitest'
import { ERRORS, InvariantError, QuorateError, type ErrorCode } from '../../src/errors.ts'

const codes = Object.keys(ERRORS) as ErrorCode[]

describe('the table of errors', () => {
  it('names every code and every meaning once', () => {
    expect(new Set(codes).size).toBe(codes.length)
    expect(new Set(codes.map(code => ERRORS[code].meaning)).size).toBe(codes.length)
  })

  it('has codes of one form, and one sentence each', () => {
    expect(codes.filter(code => !/^QRT_[A-Z]+(_[A-Z]+)*$/.test(code))).toEqual([])
    expect(codes.filter(code => !/^[A-Z].*\.$/.test(ERRORS[code].meaning))).toEqual([])
  })

  it('uses the exit codes of the contract only', () => {
    expect([...new Set(codes.map(code => ERRORS[code].exit))].toSorted((a, b) => a - b)).toEqual([
      1, 2, 3, 4, 5, 6, 7, 130
    ])
  })
})

describe('an operational error', () => {
  it('carries a code, details, advice and its cause', () => {
    const cause = new Error('disk')
    const error = new QuorateError('QRT_CONFIG', 'no', { details: { a: 1 }, suggestions: ['try'], cause })
    expect(error).toMatchObject({
      name: 'QuorateError',
      code: 'QRT_CONFIG',
      details: { a: 1 },
      suggestions: ['try']
    })
    expect(error.cause).toBe(cause)
  })

  it('needs none of them', () => {
    const error = new QuorateError('QRT_USAGE', 'no')
    expect(error).toMatchObject({ details: {}, suggestions: [] })
    expect('cause' in error).toBe(false)
    expect(new InvariantError('x').name).toBe('InvariantError')
  })
})
