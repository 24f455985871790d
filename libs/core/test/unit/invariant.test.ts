import { describe, expect, it } from 'vitest'
import { InvariantError } from '@quorate/contracts'
import { assertNever, invariant } from '../../src/index.ts'

describe('invariants', () => {
  it('stop on what cannot be, and let everything else pass', () => {
    expect(() => invariant(0, 'a bug')).toThrow(InvariantError)
    expect(() => invariant('yes', 'no bug')).not.toThrow()
    expect(() => assertNever('x' as never)).toThrow('unexpected value: x')
  })
})
