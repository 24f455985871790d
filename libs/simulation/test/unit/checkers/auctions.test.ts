import {
  REVEAL_KIND,
  announceDraft,
  auctionIdOf,
  awardDraft,
  cancelDraft,
  createAuctionModule,
  revealDraft,
  type AuctionSpec
} from '@quorate/auction'
import { STANDARD_RULES } from '@quorate/auction'
import type { EntryDraft, LedgerContext } from '@quorate/contracts'
import { entryDigest, sha256, utf8 } from '@quorate/core'
import { createStateLayer } from '@quorate/ledger'
import { describe, expect, it } from 'vitest'
import { awards } from '../../../src/checkers/awards.ts'
import { sealedBids } from '../../../src/checkers/sealed-bids.ts'
import type { Member } from '../../../src/cluster/member.ts'
import { createBench } from '../../support/bench.ts'

const SPEC: AuctionSpec = {
  task: 'a task',
  taskClass: 'general',
  capabilities: {},
  resources: {},
  weights: { cost: 1 },
  work: 1,
  reserve: 10,
  floor: 0,
  targetMs: 1,
  scoring: { id: 'anchored', version: 1 },
  payment: 'first-score',
  minBids: 1,
  bidWindowMs: 1_000,
  initiatorMayBid: true,
  nonce: new Uint8Array(16)
}
const ID = auctionIdOf('peer-1', announceDraft(SPEC).body)

/** A member whose ledger holds what those entries of peer-1 make. */
const memberWith = (peerId: string, drafts: readonly EntryDraft[]): Member => {
  const module = createAuctionModule(STANDARD_RULES)
  const layer = createStateLayer()
  for (const [i, draft] of drafts.entries()) {
    const place = { ...draft, author: 'peer-1', counter: i + 1, index: 0 }
    const context = { time: 1, seq: i + 1, parent: ID, sequence: i + 1 } as LedgerContext
    module.apply(layer.writer('auction'), { ...place, digest: entryDigest(place) }, context)
  }
  const running = { ledger: { state: layer.reader(''), history: { batch: () => undefined } } }
  return { peerId, honest: true, running } as unknown as Member
}

const OPEN = [announceDraft(SPEC)]
const CANCELLED = [announceDraft(SPEC), cancelDraft(ID)]

describe('awards', () => {
  it('sees an auction that does not end', () => {
    const bench = createBench(awards({}))
    bench.watch.ended([memberWith('peer-1', CANCELLED)])
    expect(bench.violations).toEqual([])
    bench.watch.ended([memberWith('peer-1', OPEN)])
    expect(bench.violations).toEqual(['auctions-end'])
  })

  it('sees nodes that show one auction differently', () => {
    const bench = createBench(awards({}))
    bench.watch.ended([memberWith('peer-1', CANCELLED), memberWith('peer-2', OPEN)])
    expect(bench.violations).toContain('same-auctions')
  })

  it('sees a second award, and one that the ledger does not give when it is computed again', () => {
    const bench = createBench(awards({}))
    const award = awardDraft({ auction: ID, result: ID, outcome: 'no-bids', winner: null, payment: null })
    const first = bench.batch(undefined, [bench.submission('peer-1', award)])
    bench.executed('peer-1', first)
    bench.executed('peer-2', first)
    expect(bench.violations).toEqual([])
    bench.executed('peer-1', bench.batch(first, [bench.submission('peer-2', award)]))
    expect(bench.violations).toEqual(['one-award'])
    bench.watch.ended([memberWith('peer-1', CANCELLED)])
    expect(bench.violations).toEqual(['one-award', 'replay'])
  })
})

describe('sealed', () => {
  const reveal = revealDraft({
    auction: ID,
    agent: 'ada',
    bid: { cost: 1, quality: 1, throughput: 1, note: '' },
    salt: new Uint8Array(32)
  })

  it('sees a bid that is opened while the auction is open', () => {
    const bench = createBench(sealedBids)
    expect(reveal.kind).toBe(REVEAL_KIND)
    bench.members.push(memberWith('peer-1', CANCELLED), memberWith('peer-2', OPEN))
    bench.watch.said('peer-1', bench.submission('peer-1', reveal).frame)
    expect(bench.violations).toEqual([])
    bench.watch.said('peer-2', bench.submission('peer-2', reveal).frame)
    expect(bench.violations).toEqual(['sealed'])
  })

  it('sees a salt that is shown', () => {
    const bench = createBench(sealedBids)
    bench.said('peer-1', bench.sign('peer-1', 'auction-salt', [utf8(sha256(utf8('x'))), 1, 'ada']))
    expect(bench.violations).toEqual(['sealed'])
  })
})
