import { describe, expect, it } from 'vitest'
import { parseDeadline, parseDuration } from '../../../src/input/duration.ts'
import { coded } from '../coded.ts'

describe('durations', () => {
  it.each([
    ['500ms', 500],
    ['30s', 30_000],
    ['1.5s', 1500],
    ['5m', 300_000],
    ['2h', 7_200_000]
  ])('reads %s', (text, ms) => {
    expect(parseDuration(text, '--x')).toBe(ms)
    expect(parseDeadline(text, '--x')).toBe(ms)
  })

  it.each(['', '30', '5 m', '1d', 's', '1e3s', 'NaNs', '10000h', '--5s'])('refuses %s', text => {
    expect(() => parseDuration(text, '--x')).toThrow(coded('QRT_USAGE'))
    expect(() => parseDeadline(text, '--x')).toThrow(coded('QRT_USAGE'))
  })

  it.each(['0s', '-5s', '0.1ms'])('takes the deadline %s for expired', text => {
    expect(() => parseDeadline(text, '--x')).toThrow(coded('QRT_EXPIRED'))
    expect(() => parseDuration(text, '--x')).toThrow(coded('QRT_USAGE'))
  })
})
