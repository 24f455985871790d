import { describe, expect, it } from 'vitest'
import {
  awardDraft,
  awardOf,
  cancelDraft,
  commitDraft,
  createRules,
  evaluateAuction,
  readAuction,
  readAuctionState,
  readReputation,
  revealDraft
} from '../../src/index.ts'
import { createRun } from '../support/auction-run.ts'
import { bidOf, seedBytes, spec } from '../support/fixtures.ts'
import { createTestLedger } from '../support/ledger.ts'

const BID_B = bidOf(8, 0.7)
const BID_C = bidOf(12, 0.8)

/** Agents b on peer-b and c on peer-c, an announcement of peer-a, both committed. */
const committed = (more: Parameters<typeof spec>[0] = {}) => {
  const ledger = createTestLedger()
  const run = createRun(ledger, spec(more))
  run.register('peer-b', 'b')
  run.register('peer-c', 'c')
  expect(run.announce()).toBe('accept')
  expect(run.commit('peer-b', 'b', BID_B)).toBe('accept')
  expect(run.commit('peer-c', 'c', BID_C)).toBe('accept')
  return { ledger, run }
}

const closed = (more: Parameters<typeof spec>[0] = {}) => {
  const at = committed(more)
  at.ledger.advance(2000)
  expect(at.run.close()).toBe('accept')
  return at
}

describe('announcing', () => {
  it('fixes the eligible set and the deadlines from the agreed time of the entry (A6)', () => {
    const { ledger, run } = committed()
    const auction = readAuctionState(ledger.state.module('auction'), run.id)
    expect(auction?.lot).toMatchObject({ eligible: 2, barred: 0, commitBy: 1_002_000 })
  })

  it('does not admit an agent that registers afterwards (A6)', () => {
    const { run } = committed()
    run.register('peer-d', 'late')
    expect(run.commit('peer-d', 'late', BID_B)).toBe('reject auction-not-eligible')
  })

  it('leaves out agents without the capability, the level or the capacity (A6)', () => {
    const ledger = createTestLedger()
    const run = createRun(ledger, spec())
    run.register('peer-b', 'no-gpu', { capabilities: {} })
    run.register('peer-b', 'weak', { capabilities: { gpu: 799_999 } })
    run.register('peer-b', 'small', { capacity: { cpu: 1999 } })
    run.register('peer-b', 'exact', { capabilities: { gpu: 800_000 }, capacity: { cpu: 2000 } })
    run.announce()
    expect(run.commit('peer-b', 'no-gpu', BID_B)).toBe('reject auction-not-eligible')
    expect(run.commit('peer-b', 'weak', BID_B)).toBe('reject auction-not-eligible')
    expect(run.commit('peer-b', 'small', BID_B)).toBe('reject auction-not-eligible')
    expect(run.commit('peer-b', 'exact', BID_B)).toBe('accept')
  })

  it('is not fooled by a capability named like a property of Object.prototype', () => {
    const ledger = createTestLedger()
    const run = createRun(ledger, spec({ capabilities: { constructor: 1 } }))
    run.register('peer-b', 'b')
    run.announce()
    expect(run.commit('peer-b', 'b', BID_B)).toBe('reject auction-not-eligible')
  })

  it.each([
    [{ reserve: 5, floor: 5 }, 'auction-anchors'],
    [{ bidWindowMs: 99 }, 'auction-window'],
    [{ minBids: 1025 }, 'auction-min-bids'],
    [{ scoring: { id: 'topsis', version: 1 } }, 'auction-scoring-unknown'],
    [{ scoring: { id: 'anchored', version: 2 } }, 'auction-scoring-unknown'],
    [{ weights: {} }, 'auction-weights'],
    [{ weights: { cost: 0 } }, 'auction-weights'],
    [{ weights: { charm: 1 } }, 'auction-criterion-unknown'],
    [{ payment: 'third-score' }, 'auction-payment-unknown'],
    [{ payment: 'second-score', weights: { quality: 1 } }, 'auction-payment-needs-anchored-cost'],
    [
      { payment: 'second-score', scoring: { id: 'minmax', version: 1 } },
      'auction-payment-needs-anchored-cost'
    ]
  ])('refuses %j with %s (A4)', (more, code) => {
    expect(createRun(createTestLedger(), spec(more)).announce()).toBe(`reject ${code}`)
  })

  it('takes one announcement once, and bounds those of one peer', () => {
    const ledger = createTestLedger(createRules({ openPerPeerMax: 2 }))
    const first = createRun(ledger, spec())
    expect(first.announce()).toBe('accept')
    expect(first.announce()).toBe('reject auction-exists')
    expect(createRun(ledger, spec({ nonce: seedBytes(2, 16) })).announce()).toBe('accept')
    const third = spec({ nonce: seedBytes(3, 16) })
    expect(createRun(ledger, third).announce()).toBe('reject auction-too-many-of-peer')
    expect(createRun(ledger, third, 'peer-b').announce()).toBe('accept')
  })
})

describe('committing', () => {
  it('takes one commit per bidder; the first ordered stands (A9)', () => {
    const { run } = committed()
    expect(run.commit('peer-b', 'b', bidOf(1, 1))).toBe('reject auction-commit-exists')
  })

  it('lets nobody bid for an agent of another peer (A7)', () => {
    const { run } = committed()
    expect(run.commit('peer-d', 'b', BID_B)).toBe('reject auction-not-eligible')
  })

  it('takes commits until the closing entry, and none after it (A9)', () => {
    const { ledger, run } = committed()
    run.register('peer-d', 'd')
    ledger.advance(5000)
    run.close()
    expect(run.commit('peer-b', 'b', BID_B)).toBe('reject auction-closed')
  })

  it('refuses what it does not know of: kept for later, entries about a pruned auction would never leave the pool', () => {
    const run = createRun(createTestLedger(), spec())
    expect(run.commit('peer-b', 'b', BID_B)).toBe('reject auction-unknown')
    expect(run.close()).toBe('reject auction-unknown')
    expect(run.reveal('peer-b', 'b', BID_B)).toBe('reject auction-unknown')
  })
})

describe('closing', () => {
  it('is any member’s to do, from the agreed time on (A10)', () => {
    const { ledger, run } = committed()
    expect(run.close('peer-d')).toBe('ignore auction-too-early')
    ledger.advance(1999)
    expect(run.close('peer-d')).toBe('ignore auction-too-early')
    ledger.advance(1)
    expect(run.close('peer-d')).toBe('accept')
    expect(run.close('peer-a')).toBe('reject auction-closed')
  })

  it('does not wait when nobody may bid (A10)', () => {
    const run = createRun(createTestLedger(), spec())
    run.announce()
    expect(run.close()).toBe('accept')
    expect(run.award()).toBe('accept')
  })
})

describe('revealing', () => {
  it('is refused before closing, after the deadline, twice, and without a commit (A11)', () => {
    const early = committed()
    expect(early.run.reveal('peer-b', 'b', BID_B)).toBe('ignore auction-not-closed')
    const { ledger, run } = closed()
    expect(run.reveal('peer-d', 'd', BID_B)).toBe('reject auction-no-commit')
    expect(run.reveal('peer-b', 'b', BID_B)).toBe('accept')
    expect(run.reveal('peer-b', 'b', BID_B)).toBe('reject auction-reveal-exists')
    ledger.advance(5000)
    expect(run.reveal('peer-c', 'c', BID_C)).toBe('reject auction-reveal-late')
  })

  it('must open exactly what was sealed (A11)', () => {
    const { run } = closed()
    expect(run.reveal('peer-b', 'b', bidOf(9, 0.7))).toBe('reject auction-reveal-mismatch')
    expect(run.reveal('peer-b', 'b', { ...BID_B, note: 'x' })).toBe('reject auction-reveal-mismatch')
  })
})

describe('awarding', () => {
  it('waits for every reveal or the end of reveals (A12)', () => {
    const { ledger, run } = closed()
    run.reveal('peer-b', 'b', BID_B)
    expect(run.award()).toBe('ignore auction-too-early')
    ledger.advance(5000)
    expect(run.award('peer-d')).toBe('accept')
  })

  it('names the winner, and its own sequence is the fencing token (A12, A13)', () => {
    const { ledger, run } = closed()
    run.reveal('peer-c', 'c', BID_C)
    run.reveal('peer-b', 'b', BID_B)
    expect(run.award()).toBe('accept')
    const view = readAuction(ledger.state, run.id)
    expect(view).toMatchObject({
      auctionSuccessful: true,
      winningAgent: 'peer-b/b',
      alternates: ['peer-c/c'],
      payment: 8,
      fencingToken: ledger.ordered.length,
      phase: 'awarded'
    })
    expect(run.award()).toBe('reject auction-finished')
  })

  it('is refused with any other result than the recomputed one (A12)', () => {
    const { ledger, run } = closed()
    run.reveal('peer-b', 'b', BID_B)
    run.reveal('peer-c', 'c', BID_C)
    const auctions = ledger.state.module('auction')
    const auction = readAuctionState(auctions, run.id)
    if (!auction) throw new Error('no auction')
    const right = awardOf(evaluateAuction(auctions, auction, createRules({})))
    for (const lie of [
      { ...right, winner: 'peer-c/c' },
      { ...right, payment: 11_000_000 },
      { ...right, outcome: 'no-bids' as const },
      { ...right, result: run.id }
    ]) {
      expect(ledger.code('peer-a', awardDraft(lie))).toBe('reject auction-result-differs')
    }
    expect(ledger.code('peer-a', awardDraft(right))).toBe('accept')
  })

  it('excludes an unrevealed bid and costs its host reputation (A13, A3)', () => {
    const { ledger, run } = closed()
    run.reveal('peer-b', 'b', BID_B)
    ledger.advance(5000)
    run.award()
    const view = readAuction(ledger.state, run.id)
    expect(view?.auctionSummary['excluded']).toEqual({ 'peer-c/c': 'unrevealed' })
    const auctions = ledger.state.module('auction')
    expect(readReputation(auctions, 'peer-c/c', ledger.now())).toEqual({
      alpha: 1_000_000n,
      beta: 2_000_000n
    })
    expect(readReputation(auctions, 'peer-c/other', ledger.now()).beta).toBe(2_000_000n)
    expect(readReputation(auctions, 'peer-b/b', ledger.now()).beta).toBe(1_000_000n)
  })

  it('forgets half of an observation in a week (A3)', () => {
    const { ledger, run } = closed()
    ledger.advance(5000)
    run.award()
    const auctions = ledger.state.module('auction')
    const later = ledger.now() + 7 * 24 * 3600 * 1000
    expect(readReputation(auctions, 'peer-c/c', later).beta).toBe(1_500_000n)
  })

  it.each([
    ['no-eligible-agent', { register: [] }],
    ['initiator-barred', { register: ['peer-a'] }],
    ['no-bids', { register: ['peer-b'] }],
    ['none-revealed', { register: ['peer-b'], commit: 10 }],
    ['all-above-reserve', { register: ['peer-b'], commit: 31, reveal: true }],
    ['too-few-bids', { register: ['peer-b'], commit: 10, reveal: true, minBids: 2 }]
  ])('ends without an award and says why: %s (A13)', (outcome, given) => {
    const { register, commit, reveal, minBids } = { commit: 0, reveal: false, minBids: 1, ...given }
    const ledger = createTestLedger()
    const run = createRun(ledger, spec({ minBids }))
    for (const host of register) run.register(host, 'x')
    run.announce()
    if (commit > 0) run.commit('peer-b', 'x', bidOf(commit, 0.5))
    ledger.advance(2000)
    run.close()
    if (reveal) run.reveal('peer-b', 'x', bidOf(commit, 0.5))
    ledger.advance(5000)
    expect(run.award()).toBe('accept')
    expect(ledger.events.at(-1)).toMatchObject({ type: 'auction-no-award', data: { outcome } })
    const view = readAuction(ledger.state, run.id)
    expect(view).toMatchObject({ auctionSuccessful: false, phase: 'no-award', fencingToken: null })
    expect(view?.reason.length).toBeGreaterThan(20)
  })
})

describe('cancelling', () => {
  it('is the initiator’s, and free before closing (A15)', () => {
    const { ledger, run } = committed()
    expect(ledger.code('peer-b', cancelDraft(run.id))).toBe('reject auction-not-initiator')
    expect(ledger.code('peer-a', cancelDraft(run.id))).toBe('accept')
    expect(readAuction(ledger.state, run.id)?.phase).toBe('cancelled')
    const auctions = ledger.state.module('auction')
    expect(readReputation(auctions, 'peer-a/x', ledger.now()).beta).toBe(1_000_000n)
    expect(run.close()).toBe('reject auction-closed')
  })

  it('costs the initiator reputation afterwards (A15)', () => {
    const { ledger, run } = closed()
    expect(ledger.code('peer-a', cancelDraft(run.id))).toBe('accept')
    const auctions = ledger.state.module('auction')
    expect(readReputation(auctions, 'peer-a/x', ledger.now()).beta).toBe(2_000_000n)
  })
})

describe('bounds', () => {
  it('forgets ended auctions beyond the number kept, with all that belongs to them (A27)', () => {
    const ledger = createTestLedger(createRules({ finishedMax: 3 }))
    for (let i = 0; i < 6; i++) {
      const run = createRun(ledger, spec({ nonce: seedBytes(i, 16) }))
      run.register('peer-b', 'b')
      run.announce()
      run.commit('peer-b', 'b', BID_B)
      ledger.advance(2000)
      run.close()
      run.reveal('peer-b', 'b', BID_B)
      run.award()
    }
    const kept = (space: string) =>
      ledger.entries().filter(([key]) => key.startsWith(`auction ${space}/`)).length
    expect([kept('lot'), kept('progress'), kept('ended'), kept('open')]).toEqual([3, 3, 3, 0])
    expect([kept('candidate'), kept('commit'), kept('reveal')]).toEqual([3, 3, 3])
  })

  it('forgets ended auctions beyond the age kept (A27)', () => {
    const ledger = createTestLedger(createRules({ finishedMs: 1000 }))
    const old = createRun(ledger, spec())
    old.announce()
    old.close()
    old.award()
    ledger.advance(1001)
    createRun(ledger, spec({ nonce: seedBytes('new', 16) })).announce()
    expect(readAuction(ledger.state, old.id)).toBeUndefined()
  })

  it('counts what a winner is busy with as its load (A6)', () => {
    const { ledger, run } = closed()
    run.reveal('peer-b', 'b', BID_B)
    run.reveal('peer-c', 'c', BID_C)
    run.award()
    const next = createRun(ledger, spec({ nonce: seedBytes('next', 16) }))
    next.announce()
    const candidate = ledger.state.module('auction').get(`candidate/${next.id}/peer-b/b`)
    expect(candidate).toEqual([1, 1_000_000, 2_000_000, 800_000, 100_000, 1_000_000, 1_000_000, 1_000_000])
  })
})

describe('entries that make no sense', () => {
  it('are rejected as malformed', () => {
    const ledger = createTestLedger()
    for (const kind of [
      'auction-announce',
      'auction-commit',
      'auction-close',
      'auction-reveal',
      'auction-award',
      'auction-cancel'
    ]) {
      expect(ledger.code('peer-a', { kind, body: seedBytes(kind, 20) })).toBe('reject auction-malformed')
    }
  })

  it('are named by their digest when their auction cannot be read', () => {
    const ledger = createTestLedger()
    const module = ledger.modules.get('auction-commit')
    const good = commitDraft({ auction: 'ab'.repeat(32), agent: 'x', commit: 'cd'.repeat(32) })
    const entry = { ...good, author: 'peer-a', counter: 1, index: 0, digest: 'ef'.repeat(32) }
    expect(module?.idOf(entry)).toBe('ab'.repeat(32))
    expect(module?.idOf({ ...entry, body: seedBytes(1, 8) })).toBe('ef'.repeat(32))
    const reveal = revealDraft({ auction: 'ab'.repeat(32), agent: 'x', bid: BID_B, salt: seedBytes(1, 32) })
    expect(module?.idOf({ ...entry, ...reveal })).toBe('ab'.repeat(32))
  })
})
