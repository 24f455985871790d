import { describe, expect, it } from 'vitest'
import {
  evaluate,
  BUILT_IN_CATALOGUE,
  extendCatalogue,
  normaliseWeights,
  type Criterion
} from '../../src/index.ts'
import { bidOf, inputOf, revealed, spec } from '../support/fixtures.ts'

const evaluated = (bids: Parameters<typeof inputOf>[0], more: Parameters<typeof spec>[0] = {}) =>
  evaluate(inputOf(bids, spec(more)), BUILT_IN_CATALOGUE)

const scoreOf = (result: ReturnType<typeof evaluated>, criterion: string) =>
  result.ranked[0]?.criteria.find(({ id }) => id === criterion)?.scorePpm

describe('weights (A17)', () => {
  it('sum to exactly one million by largest remainders', () => {
    expect(normaliseWeights({ a: 1, b: 1, c: 1 })).toEqual([
      { id: 'a', ppm: 333_334n },
      { id: 'b', ppm: 333_333n },
      { id: 'c', ppm: 333_333n }
    ])
    expect(normaliseWeights({ b: 2, a: 5 })).toEqual([
      { id: 'a', ppm: 714_286n },
      { id: 'b', ppm: 285_714n }
    ])
  })

  it('need not sum to one beforehand, and keep a zero', () => {
    expect(normaliseWeights({ cost: 4_000_000, quality: 0 })).toEqual([
      { id: 'cost', ppm: 1_000_000n },
      { id: 'quality', ppm: 0n }
    ])
  })
})

describe('cost (A19)', () => {
  it.each([
    [30, 0n],
    [15, 500_000n],
    [0, 1_000_000n],
    [10, 666_666n]
  ])('at %d between floor 0 and reserve 30 scores %d', (cost, score) => {
    expect(scoreOf(evaluated([revealed('a/a', bidOf(cost, 0.5))]), 'cost')).toBe(score)
  })

  it('below the floor scores no better than at it', () => {
    expect(scoreOf(evaluated([revealed('a/a', bidOf(1, 0.5))], { floor: 5_000_000 }), 'cost')).toBe(
      1_000_000n
    )
  })

  it('above the reserve excludes the bid', () => {
    const result = evaluated([revealed('a/a', bidOf(31, 1)), revealed('b/b', bidOf(30, 0))])
    expect(result.winner).toBe('b/b')
    expect(result.excluded).toEqual([{ agent: 'a/a', code: 'above-reserve' }])
  })
})

describe('what counts of a claim (A18)', () => {
  it('is at most what was registered', () => {
    const bid = revealed('a/a', bidOf(10, 0.9, 5), { quality: 600_000, throughput: 500_000 })
    expect(scoreOf(evaluated([bid]), 'quality')).toBe(600_000n)
    expect(scoreOf(evaluated([bid]), 'performance')).toBe(500_000n)
  })

  it('is the claim where nothing was declared', () => {
    expect(scoreOf(evaluated([revealed('a/a', bidOf(10, 0.9))]), 'quality')).toBe(900_000n)
  })
})

describe('performance (A21)', () => {
  it.each([
    [1, 1_000_000n],
    [2, 1_000_000n],
    [0.5, 500_000n],
    [0.3, 300_000n]
  ])('at throughput %d for 10 units within 10 s scores %d', (throughput, score) => {
    expect(scoreOf(evaluated([revealed('a/a', bidOf(10, 0.5, throughput))]), 'performance')).toBe(score)
  })
})

describe('reliability (A22)', () => {
  it('is the mean of the beta reputation', () => {
    const proven = revealed('a/a', bidOf(10, 0.5), { alpha: 9_000_000, beta: 1_000_000 })
    expect(scoreOf(evaluated([proven]), 'reliability')).toBe(900_000n)
    expect(scoreOf(evaluated([revealed('a/a', bidOf(10, 0.5))]), 'reliability')).toBe(500_000n)
  })
})

describe('payment (A25)', () => {
  const bids = [revealed('a/a', bidOf(10, 0.7)), revealed('b/b', bidOf(12, 0.6))]

  it('first-score pays the price', () => {
    expect(evaluated(bids).payment).toBe(10_000_000n)
  })

  it('second-score pays the price at which the winner would have tied', () => {
    const weights = { cost: 500_000, quality: 500_000 }
    const result = evaluated(bids, { payment: 'second-score', weights })
    // 10 + 2 for the difference in price + 0.1 of quality, which is worth 0.1 * 30 = 3
    expect(result.payment).toBe(15_000_000n)
  })

  it('second-score pays a lone bidder the reserve, and nobody more', () => {
    const more = { payment: 'second-score', weights: { cost: 100_000, quality: 900_000 } }
    expect(evaluated([revealed('a/a', bidOf(10, 0.7))], more).payment).toBe(30_000_000n)
    const apart = [revealed('a/a', bidOf(10, 1)), revealed('b/b', bidOf(12, 0))]
    expect(evaluated(apart, more).payment).toBe(30_000_000n)
  })
})

describe('ties (A16)', () => {
  const tied = [
    revealed('a/a', bidOf(10, 0.5)),
    revealed('b/b', bidOf(10, 0.5)),
    revealed('c/c', bidOf(10, 0.5))
  ]

  it('go by the beacon, which the closing parent and every revealed salt move', () => {
    const input = inputOf(tied)
    const winners = new Set(
      Array.from({ length: 30 }, (_, i) => {
        const parent = `${i}`.padStart(64, '0')
        return evaluate({ ...input, parent }, BUILT_IN_CATALOGUE).winner
      })
    )
    expect(winners).toEqual(new Set(['a/a', 'b/b', 'c/c']))
    const other = tied.map(bid => (bid.agent === 'c/c' ? { ...bid, salt: new Uint8Array(32) } : bid))
    const before = evaluate(input, BUILT_IN_CATALOGUE)
    expect(evaluate({ ...input, bids: other }, BUILT_IN_CATALOGUE).beacon).not.toBe(before.beacon)
  })

  it('fall the same way whatever order the bids came in', () => {
    const ranking = (bids: typeof tied) => evaluated(bids).ranked.map(({ bid }) => bid.agent)
    expect(ranking(tied.toReversed())).toEqual(ranking(tied))
  })
})

describe('risk (A26)', () => {
  const factors = (bids: Parameters<typeof inputOf>[0], agent = 'a/a') =>
    Object.fromEntries(
      evaluated(bids)
        .risks.filter(risk => risk.agent === agent)
        .map(({ factor, levelPpm }) => [factor, levelPpm])
    )

  it('sees a newcomer’s thin history and nothing else in an ordinary bid', () => {
    expect(factors([revealed('a/a', bidOf(10, 0.5))])).toEqual({ 'thin-history': 500_000n })
  })

  it('trusts a long good history', () => {
    const proven = { alpha: 101_000_000, beta: 1_000_000 }
    const found = factors([revealed('a/a', bidOf(10, 0.5), proven)])
    expect(found['thin-history']).toBeLessThan(20_000n)
    expect(found['unreliable']).toBeLessThan(25_000n)
  })

  it('sees overload, a capability on the edge and what went wrong before', () => {
    const bid = revealed('a/a', bidOf(10, 0.5), { utilisationPpm: 1_000_000, marginPpm: 0, beta: 4_000_000 })
    const found = factors([bid])
    expect(found).toMatchObject({ overload: 500_000n, 'capability-edge': 500_000n })
    expect(found['unreliable']).toBeGreaterThan(900_000n)
  })

  it('sees a price far from the median of at least three, on either side', () => {
    const others = [revealed('b/b', bidOf(10, 0.5)), revealed('c/c', bidOf(11, 0.5))]
    expect(factors([revealed('a/a', bidOf(29, 0.5)), ...others])['outlier-price']).toBe(454_545n)
    expect(factors([revealed('a/a', bidOf(1, 0.5)), ...others])['outlier-price']).toBe(1_000_000n)
    expect(factors([revealed('a/a', bidOf(0, 0.5)), ...others])['outlier-price']).toBe(1_000_000n)
    expect(factors([revealed('a/a', bidOf(12, 0.5)), ...others])['outlier-price']).toBeUndefined()
    expect(factors([revealed('a/a', bidOf(29, 0.5)), ...others.slice(1)])['outlier-price']).toBeUndefined()
  })
})

describe('an added criterion', () => {
  const charm: Criterion = { id: 'charm', version: 1, score: () => 5_000_000n, explain: () => 'charming' }

  it('takes part under its own weight, and cannot score above one', () => {
    const catalogue = extendCatalogue({ criteria: [charm] })
    const input = inputOf([revealed('a/a', bidOf(15, 0.5))], spec({ weights: { charm: 1, cost: 1 } }))
    expect(evaluate(input, catalogue).ranked[0]?.total).toBe(750_000_000_000n)
  })
})
