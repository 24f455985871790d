import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  BUILT_IN_CATALOGUE,
  evaluate,
  normaliseWeights,
  resultDigestOf,
  type RevealedBid
} from '../../src/index.ts'
import { inputOf, revealed, spec } from '../support/fixtures.ts'

const RESERVE = 30_000_000

const anyBid = fc.record({
  cost: fc.integer({ min: 0, max: RESERVE + 5_000_000 }),
  quality: fc.integer({ min: 0, max: 1_000_000 }),
  throughput: fc.integer({ min: 1, max: 5_000_000 }),
  alpha: fc.integer({ min: 1_000_000, max: 50_000_000 })
})

const anyBids = (minLength: number) =>
  fc
    .array(anyBid, { minLength, maxLength: 8 })
    .map(bids =>
      bids.map(({ cost, quality, throughput, alpha }, i) =>
        revealed(`peer-${i}/agent`, { cost, quality, throughput, note: '' }, { alpha })
      )
    )

const anyWeights = fc.record({
  cost: fc.integer({ min: 1000, max: 1_000_000 }),
  quality: fc.integer({ min: 0, max: 1_000_000 }),
  performance: fc.integer({ min: 0, max: 1_000_000 }),
  reliability: fc.integer({ min: 0, max: 1_000_000 })
})

const totalsOf = (bids: readonly RevealedBid[], weights: { readonly [id: string]: number }) => {
  const { ranked } = evaluate(inputOf(bids, spec({ weights })), BUILT_IN_CATALOGUE)
  return new Map(ranked.map(({ bid, total }) => [bid.agent, total]))
}

describe('anchored scoring', () => {
  it('is never moved by another bid: no losing bid flips the order of the others', () => {
    fc.assert(
      fc.property(anyBids(2), anyBid, anyWeights, (bids, extra, weights) => {
        const { alpha, ...bid } = extra
        const shill = revealed('peer-x/shill', { ...bid, note: '' }, { alpha })
        const [before, after] = [totalsOf(bids, weights), totalsOf([...bids, shill], weights)]
        for (const [agent, total] of before) expect(after.get(agent)).toBe(total)
      })
    )
  })

  it('gives one result digest, whatever order the bids arrived in', () => {
    fc.assert(
      fc.property(
        anyBids(1).chain(bids =>
          fc.tuple(fc.constant(bids), fc.shuffledSubarray(bids, { minLength: bids.length }))
        ),
        ([bids, shuffled]) => {
          const digest = (some: readonly RevealedBid[]) =>
            resultDigestOf(evaluate(inputOf(some), BUILT_IN_CATALOGUE))
          expect(digest(shuffled)).toBe(digest(bids))
        }
      )
    )
  })

  it('never makes a dearer bid of the same agent better', () => {
    fc.assert(
      fc.property(
        anyBid,
        fc.integer({ min: 0, max: RESERVE }),
        anyWeights,
        ({ alpha, ...bid }, more, weights) => {
          const at = (cost: number) =>
            totalsOf([revealed('a/a', { ...bid, cost, note: '' }, { alpha })], weights).get('a/a') ?? -1n
          expect(at(bid.cost + more) <= at(bid.cost)).toBe(true)
        }
      )
    )
  })
})

describe('second-score payment', () => {
  /** What the agent gains: payment less its true cost, or nothing when it does not win. */
  const gain = (
    others: readonly RevealedBid[],
    own: { bid: RevealedBid; trueCost: number },
    lot = spec()
  ) => {
    const result = evaluate(inputOf([own.bid, ...others], lot), BUILT_IN_CATALOGUE)
    return result.winner === own.bid.agent ? Number(result.payment) - own.trueCost : 0
  }

  it('rewards no deviation from the true cost, within fixed-point rounding', () => {
    fc.assert(
      fc.property(
        anyBids(1),
        anyBid,
        fc.integer({ min: 0, max: RESERVE }),
        fc.tuple(anyWeights, fc.integer({ min: 0, max: 20_000_000 })),
        (others, mine, asked, [weights, floor]) => {
          const { alpha, ...bid } = mine
          const trueCost = Math.min(bid.cost, RESERVE)
          const lot = spec({ weights, floor, payment: 'second-score' })
          const bidAt = (cost: number) => ({
            bid: revealed('peer-me/me', { ...bid, cost, note: '' }, { alpha }),
            trueCost
          })
          const [truthful, deviating] = [gain(others, bidAt(trueCost), lot), gain(others, bidAt(asked), lot)]
          // one step of the cost score in money, once for each of the two scores, and one for the division
          const tolerance = 2 * Math.ceil((RESERVE - floor) / 1_000_000) + 1
          expect(deviating).toBeLessThanOrEqual(truthful + tolerance)
          expect(truthful).toBeGreaterThanOrEqual(-tolerance)
        }
      ),
      { numRuns: 500 }
    )
  })
})

describe('weights', () => {
  it('always sum to exactly one million, each within one of its share', () => {
    const raw = fc.dictionary(fc.string({ minLength: 1 }), fc.integer({ min: 0, max: 1_000_000_000_000 }), {
      minKeys: 1,
      maxKeys: 16
    })
    fc.assert(
      fc.property(raw, given => {
        const sum = Object.values(given).reduce((a, b) => a + b, 0)
        fc.pre(sum > 0)
        const weights = normaliseWeights(given)
        expect(weights.reduce((total, { ppm }) => total + ppm, 0n)).toBe(1_000_000n)
        for (const { id, ppm } of weights) {
          expect(Math.abs(Number(ppm) - ((given[id] ?? 0) / sum) * 1e6)).toBeLessThan(1.001)
        }
      })
    )
  })
})
