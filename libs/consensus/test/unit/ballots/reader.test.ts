import { describe, expect, it } from 'vitest'
import type { Ledger, LedgerHistory, PlacedEntry } from '@quorate/contracts'
import { encodeCbor, recordShape } from '@quorate/core'
import { createProposalReader } from '../../../src/ballots/reader.ts'
import { createBench } from '../../support/bench.ts'
import { ballotOf, propose, proposalOf } from '../../support/proposals.ts'

const readerOf = (init: { readonly history?: Partial<LedgerHistory>; readonly policy?: 'manual' } = {}) => {
  const bench = createBench({ policy: 'manual' })
  bench.start(1)
  const { running, store, signing } = bench.peer(1)
  const { application, history, state } = running.ledger
  const ledger: Pick<Ledger, 'history' | 'application' | 'state'> = {
    application,
    state,
    history: { ...history, ...init.history }
  }
  return {
    bench,
    reader: createProposalReader({
      store,
      ledger,
      open: signing.open,
      now: () => bench.now,
      isoTime: ms => new Date(ms).toISOString()
    })
  }
}

const recordWith = (data: string | null): Partial<LedgerHistory> => {
  const entry = {
    kind: 'record',
    body: encodeCbor(recordShape.encode({ statement: 'noted', data })),
    author: 'peer-2',
    counter: 1,
    index: 0,
    digest: 'id'
  }
  const placed: PlacedEntry = { sequence: 7, entry, id: 'id', time: 1_000 }
  return { find: () => 7, entry: () => placed }
}

describe('a record', () => {
  it.each([
    ['{"n": 1}', { n: 1 }],
    [null, null],
    ['not JSON', 'not JSON'],
    ['{"n": ', '{"n": ']
  ])('shows its data %s, whatever its author made it', (data, shown) => {
    expect(readerOf({ history: recordWith(data) }).reader.show('id')?.decision?.data).toEqual(shown)
  })

  it('that is nested without end is shown as text, and can be written again', () => {
    const deep = '['.repeat(200_000) + ']'.repeat(200_000)
    const shown = readerOf({ history: recordWith(deep) }).reader.show('id')
    expect(shown?.decision?.data).toBe(deep)
    expect(() => JSON.stringify(shown)).not.toThrow()
  })
})

describe('open proposals', () => {
  it('are shown with the ballots that came, newest deadline first', () => {
    const { bench, reader } = readerOf()
    const first = propose(bench, 1, { deadline: bench.now + 1_000 })
    const second = propose(bench, 1, { deadline: bench.now + 5_000 })
    bench.peer(1).deliver(ballotOf(bench, 2, first, { verdict: 'reject', confidencePpm: 250_000 }))
    expect(reader.open(false).map(({ proposalId }) => proposalId)).toEqual([second, first])
    expect(reader.show(first)).toMatchObject({
      outcome: 'undecided',
      consensusReached: false,
      pending: true,
      participatingPeers: ['peer-2'],
      ballots: [{ peerId: 'peer-2', verdict: 'reject', confidence: 0.25 }]
    })
    bench.advance(2_000)
    expect(reader.open(true).map(({ proposalId }) => proposalId)).toEqual([second])
  })

  it('that nobody knows are not shown', () => {
    const { bench, reader } = readerOf()
    expect(reader.show(proposalOf(bench, 1).digest)).toBeUndefined()
  })
})
