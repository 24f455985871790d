import { describe, expect, it } from 'vitest'
import {
  BUILT_IN_BID_STRATEGIES,
  createAuctionMachineFactory,
  costPlus,
  manual,
  truthful
} from '../../src/index.ts'
import { registration, spec } from '../support/fixtures.ts'

const at = (rate: number, reserve = 30) => ({
  spec: spec({ reserve: reserve * 1_000_000 }),
  registration: registration('a', { rate: rate * 1_000_000 })
})

describe('bid strategies', () => {
  it('truthful asks for work at its rate, rounded up', () => {
    expect(truthful.propose(at(0.9))).toEqual({
      cost: 9_000_000,
      quality: 800_000,
      throughput: 2_000_000,
      note: ''
    })
    const odd = { spec: spec({ work: 1 }), registration: registration('a', { rate: 1 }) }
    expect(truthful.propose(odd)?.cost).toBe(1)
  })

  it('truthful claims what was declared, and modestly where nothing was', () => {
    const undeclared = { ...at(1), registration: registration('a', { quality: null, throughput: null }) }
    expect(truthful.propose(undeclared)).toMatchObject({ quality: 500_000, throughput: 1_000_000 })
  })

  it('truthful does not bid at a loss', () => {
    expect(truthful.propose(at(3.1))).toBeUndefined()
  })

  it('cost-plus adds a fifth, within the reserve', () => {
    expect(costPlus.propose(at(1))?.cost).toBe(12_000_000)
    expect(costPlus.propose(at(2.8))?.cost).toBe(30_000_000)
    expect(costPlus.propose(at(3.1))).toBeUndefined()
  })

  it('manual leaves it to the agent', () => {
    expect(manual.propose(at(1))).toBeUndefined()
  })

  it('have names of their own', () => {
    const strategies = [...BUILT_IN_BID_STRATEGIES, truthful]
    expect(() => createAuctionMachineFactory({ strategies })).toThrow(/same name/)
  })
})
