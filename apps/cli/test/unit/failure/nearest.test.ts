import { describe, expect, it } from 'vitest'
import { nearest } from '../../../src/failure/nearest.ts'

describe('what was perhaps meant', () => {
  it.each([
    ['stauts', ['status', 'peers'], ['status']],
    ['prop', ['propose', 'proposals list', 'peers'], ['proposals list', 'propose']],
    ['xyzzy', ['status', 'peers'], []],
    ['dat', ['data', 'deadline'], ['data']]
  ])('%s', (typed, candidates, meant) => {
    expect(nearest(typed, candidates)).toEqual(meant)
  })
})
