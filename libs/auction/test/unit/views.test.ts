import type { HistoricBatch, LedgerHistory } from '@quorate/contracts'
import { describe, expect, it } from 'vitest'
import {
  createRules,
  listAgents,
  listAuctions,
  orderedEntries,
  readAuction,
  replayAuction
} from '../../src/index.ts'
import { createRun } from '../support/auction-run.ts'
import { bidOf, seedBytes, spec } from '../support/fixtures.ts'
import { createTestLedger, voterSet } from '../support/ledger.ts'

const awarded = (rules = createRules({})) => {
  const ledger = createTestLedger(rules)
  const run = createRun(ledger, spec())
  run.register('peer-b', 'b')
  run.register('peer-c', 'c')
  run.announce()
  const bids = { b: bidOf(8, 0.7, 2), c: bidOf(12, 0.8, 2) }
  run.commit('peer-b', 'b', bids.b)
  run.commit('peer-c', 'c', bids.c)
  ledger.advance(2000)
  run.close()
  run.reveal('peer-b', 'b', bids.b)
  run.reveal('peer-c', 'c', bids.c)
  run.award()
  return { ledger, run }
}

describe('the view of an auction', () => {
  it('gives scores per agent and criterion, explained', () => {
    const { ledger, run } = awarded()
    const view = readAuction(ledger.state, run.id)
    expect(view?.evaluationScores['peer-b/b']).toEqual({
      overall: 0.753333,
      criteria: { cost: 0.733333, performance: 1, quality: 0.7, reliability: 0.5 },
      explanation: {
        cost: '(reserve 30 - cost 8) / (reserve 30 - floor 0)',
        performance: 'target 10 s / (work 10 / throughput 2 per s)',
        quality: 'quality 0.7, the smaller of claimed and registered',
        reliability: 'alpha 1 / (alpha + beta 2)'
      }
    })
  })

  it('tells the risk of the winner, the summary and a reason', () => {
    const { ledger, run } = awarded()
    const view = readAuction(ledger.state, run.id)
    expect(view?.riskAssessment.level).toBe('medium')
    expect(view?.riskAssessment.factors).toContainEqual({
      agent: 'peer-b/b',
      factor: 'thin-history',
      level: 0.5,
      detail: '0 observations'
    })
    expect(view?.auctionSummary).toMatchObject({
      initiator: 'peer-a',
      weights: { cost: 0.4 },
      reserve: 30,
      sealedBids: 2,
      revealedBids: 2,
      requirements: { capabilities: { gpu: 0.8 }, cpu: 2, taskClass: 'transcode' },
      scoringWarning: null
    })
    expect(view?.reason).toBe('peer-b/b scored 0.753333 against 0.73 and is paid 8.')
  })

  it('warns of a scoring that received bids can move', () => {
    const ledger = createTestLedger()
    const run = createRun(ledger, spec({ scoring: { id: 'minmax', version: 1 } }))
    run.announce()
    expect(readAuction(ledger.state, run.id)?.auctionSummary['scoringWarning']).toContain(
      'for comparison only'
    )
  })

  it('is JSON as it stands', () => {
    const { ledger, run } = awarded()
    const view = readAuction(ledger.state, run.id)
    expect(JSON.parse(JSON.stringify(view))).toEqual(view)
  })

  it('keeps bids secret until they are revealed', () => {
    const ledger = createTestLedger()
    const run = createRun(ledger, spec())
    run.register('peer-b', 'b')
    run.announce()
    run.commit('peer-b', 'b', bidOf(8.125, 0.7))
    const view = readAuction(ledger.state, run.id)
    expect(view).toMatchObject({ phase: 'bidding', evaluationScores: {}, winningBid: null, sequence: null })
    expect(JSON.stringify(view)).not.toContain('8.125')
    expect(view?.reason).toBe('Open for bids: 1 sealed bid so far.')
  })
})

describe('lists', () => {
  it('give auctions, the latest first', () => {
    const { ledger, run } = awarded()
    const later = createRun(ledger, spec({ nonce: seedBytes('later', 16) }))
    later.announce()
    expect(listAuctions(ledger.state).map(({ auctionId }) => auctionId)).toEqual([later.id, run.id])
    expect(listAuctions(ledger.state, { limit: 1 })).toHaveLength(1)
    expect(listAuctions(ledger.state)[1]).toEqual(readAuction(ledger.state, run.id))
  })

  it('give agents with load and reputation', () => {
    const { ledger } = awarded()
    const [b, c] = listAgents(ledger.state, ledger.now())
    expect(b).toMatchObject({
      agent: 'peer-b/b',
      capabilities: { gpu: 0.9 },
      capacity: { cpu: 4, memory: 8_000_000_000 },
      load: { cpu: 2 },
      reputation: 0.5,
      rate: 1
    })
    expect(c?.load).toEqual({})
    expect(listAgents(ledger.state, ledger.now() + 5001)[0]?.load).toEqual({})
  })
})

describe('replay', () => {
  it('recomputes the award from ledger entries alone', () => {
    const { ledger, run } = awarded()
    const replay = replayAuction(ledger.ordered, run.id)
    expect(replay).toMatchObject({ auctionId: run.id, matches: true })
    expect(replay?.recorded).toBe(replay?.recomputed)
    expect(replay?.view).toEqual(readAuction(ledger.state, run.id))
  })

  it('finds an auction that the state has forgotten', () => {
    const rules = createRules({ finishedMs: 1000 })
    const { ledger, run } = awarded(rules)
    ledger.advance(2000)
    createRun(ledger, spec({ nonce: seedBytes('later', 16) })).announce()
    expect(readAuction(ledger.state, run.id)).toBeUndefined()
    expect(replayAuction(ledger.ordered, run.id, rules)).toMatchObject({ matches: true })
  })

  it('does not match when history was changed', () => {
    const { ledger, run } = awarded()
    const changed = ledger.ordered.map(step => ({
      ...step,
      context: { ...step.context, parent: 'ab'.repeat(32) }
    }))
    expect(replayAuction(changed, run.id)).toMatchObject({ matches: false })
  })

  it('gives nothing for an auction without an award', () => {
    expect(replayAuction([], 'ab'.repeat(32))).toBeUndefined()
  })

  it('reads the ledger’s history batch by batch', () => {
    const { ledger, run } = awarded()
    const batch = (seq: number) => {
      const step = ledger.ordered[seq - 1]
      if (!step) return undefined
      const { time, parent } = step.context
      const header = { seq, parent, base: seq - 1, time, count: 1, root: '' }
      return { batch: { header, submissions: [{ entries: [step.entry] }] } } as unknown as HistoricBatch
    }
    const history: Pick<LedgerHistory, 'batch'> = { batch }
    expect(replayAuction(orderedEntries(history, voterSet), run.id)).toMatchObject({ matches: true })
  })
})
