/** One test for each line of the auction notes' "To get right" that exists in this form. */
import { describe, expect, it } from 'vitest'
import { evaluate, BUILT_IN_CATALOGUE, revealDraft, commitDraft, readAuction } from '../../src/index.ts'
import { createRun } from '../support/auction-run.ts'
import { bidOf, inputOf, revealed, seedBytes, spec } from '../support/fixtures.ts'
import { createTestLedger } from '../support/ledger.ts'

const A = revealed('peer-a/a', bidOf(10, 0.7))
const B = revealed('peer-b/b', bidOf(12, 0.8))
const SHILL = revealed('peer-c/shill', bidOf(100, 0.1))

/** Cost and quality weighted one half each, as in the notes. */
const half = (scoring: string) =>
  spec({
    weights: { cost: 1, quality: 1 },
    scoring: { id: scoring, version: 1 },
    reserve: 120_000_000
  })

const totals = (scoring: string, bids: readonly (typeof A)[]) => {
  const { ranked } = evaluate(inputOf(bids, half(scoring)), BUILT_IN_CATALOGUE)
  return Object.fromEntries(
    ranked.map(({ bid, total }) => [bid.agent, Number(total / 1_000_000_000n) / 1000])
  )
}

const winner = (scoring: string, bids: readonly (typeof A)[]) =>
  evaluate(inputOf(bids, half(scoring)), BUILT_IN_CATALOGUE).winner

describe('notes: min-max cost over received bids is exploitable', () => {
  it('scores A .850 and B .400, and A wins', () => {
    expect(totals('minmax', [A, B])).toEqual({ 'peer-a/a': 0.85, 'peer-b/b': 0.4 })
    expect(winner('minmax', [A, B])).toBe('peer-a/a')
  })

  it('flips to B at .889 when a losing shill is added', () => {
    expect(totals('minmax', [A, B, SHILL])).toMatchObject({ 'peer-a/a': 0.85, 'peer-b/b': 0.888 })
    expect(winner('minmax', [A, B, SHILL])).toBe('peer-b/b')
  })

  it('does not flip when cost is normalised against the announced anchors', () => {
    expect(winner('anchored', [A, B])).toBe(winner('anchored', [A, B, SHILL]))
    expect(totals('anchored', [A, B, SHILL])).toMatchObject(totals('anchored', [A, B]))
  })
})

describe('notes: second-score', () => {
  it('pays p = ownPrice + (S1 - S2) / costSlope, capped at the reserve', () => {
    const lot = { ...half('anchored'), payment: 'second-score' }
    const result = evaluate(inputOf([A, B], lot), BUILT_IN_CATALOGUE)
    const [first, second] = result.ranked
    const slope = 0.5 / 120
    const exact = 12 + Number((first?.total ?? 0n) - (second?.total ?? 0n)) / 1e12 / slope
    expect(result.winner).toBe('peer-b/b')
    expect(Number(result.payment) / 1e6).toBeCloseTo(exact, 3)
  })

  it('is not offered where the score is not quasi-linear in the own price', () => {
    const lot = { ...half('minmax'), payment: 'second-score' }
    expect(createRun(createTestLedger(), lot).announce()).toBe('reject auction-payment-needs-anchored-cost')
  })
})

describe('notes: shills', () => {
  it('bars the initiator’s own agents', () => {
    const run = createRun(createTestLedger(), spec())
    run.register('peer-a', 'shill')
    run.register('peer-b', 'honest')
    run.announce()
    expect(run.commit('peer-a', 'shill', A.bid)).toBe('reject auction-not-eligible')
    expect(run.commit('peer-b', 'honest', A.bid)).toBe('accept')
  })

  it('admits them only when it was announced for all to see', () => {
    const ledger = createTestLedger()
    const run = createRun(ledger, spec({ initiatorMayBid: true }))
    run.register('peer-a', 'own')
    run.announce()
    expect(run.commit('peer-a', 'own', A.bid)).toBe('accept')
    expect(readAuction(ledger.state, run.id)?.auctionSummary['initiatorMayBid']).toBe(true)
  })
})

describe('notes: commit', () => {
  it('makes a copied commit worthless: the bidder id is in the hash', () => {
    const ledger = createTestLedger()
    const run = createRun(ledger, spec())
    run.register('peer-b', 'honest')
    run.register('peer-c', 'copier')
    run.announce()
    const commit = run.sealed('peer-b', 'honest', A.bid)
    expect(run.commit('peer-b', 'honest', A.bid)).toBe('accept')
    expect(ledger.code('peer-c', commitDraft({ auction: run.id, agent: 'copier', commit }))).toBe('accept')
    ledger.advance(2000)
    run.close()
    expect(run.reveal('peer-b', 'honest', A.bid)).toBe('accept')
    const copied = { auction: run.id, agent: 'copier', bid: A.bid, salt: seedBytes('honest', 32) }
    expect(ledger.code('peer-c', revealDraft(copied))).toBe('reject auction-reveal-mismatch')
  })
})

describe('notes: no floats', () => {
  it('evaluates with integers only', () => {
    const walk = (value: unknown): unknown[] =>
      typeof value === 'object' && value !== null ? Object.values(value).flatMap(walk) : [value]
    const numbers = walk(evaluate(inputOf([A, B, SHILL], half('anchored')), BUILT_IN_CATALOGUE)).filter(
      value => typeof value === 'number'
    )
    expect(numbers).toEqual([])
  })
})
