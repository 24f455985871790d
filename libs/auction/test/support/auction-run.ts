import type { Digest, PeerId } from '@quorate/contracts'
import {
  announceDraft,
  auctionIdOf,
  awardDraft,
  awardOf,
  closeDraft,
  commitDraft,
  commitOf,
  evaluateAuction,
  readAuctionState,
  registerDraft,
  revealDraft,
  specDigestOf,
  STANDARD_RULES,
  type AuctionSpec,
  type Bid,
  type Rules
} from '../../src/index.ts'
import { registration, seedBytes } from './fixtures.ts'
import type { TestLedger } from './ledger.ts'

/** Walks an auction through the test ledger by hand, entry by entry. Each step gives the ledger's answer. */
export const createRun = (ledger: TestLedger, spec: AuctionSpec, initiator: PeerId = 'peer-a') => {
  const draft = announceDraft(spec)
  const id: Digest = auctionIdOf(initiator, draft.body)
  const saltOf = (agent: string) => seedBytes(agent, 32)

  const sealed = (host: PeerId, agent: string, bid: Bid): Digest =>
    commitOf({
      auction: id,
      agent: `${host}/${agent}`,
      specDigest: specDigestOf(spec),
      bid,
      salt: saltOf(agent)
    })

  return {
    id,
    sealed,
    register: (host: PeerId, name: string, more: Parameters<typeof registration>[1] = {}) =>
      ledger.code(host, registerDraft(registration(name, more))),
    announce: () => ledger.code(initiator, draft),
    commit: (host: PeerId, agent: string, bid: Bid) =>
      ledger.code(host, commitDraft({ auction: id, agent, commit: sealed(host, agent, bid) })),
    close: (by: PeerId = initiator) => ledger.code(by, closeDraft(id)),
    reveal: (host: PeerId, agent: string, bid: Bid) =>
      ledger.code(host, revealDraft({ auction: id, agent, bid, salt: saltOf(agent) })),
    award: (by: PeerId = initiator, rules: Rules = STANDARD_RULES) => {
      const auctions = ledger.state.module('auction')
      const auction = readAuctionState(auctions, id)
      if (!auction) throw new Error('no such auction')
      return ledger.code(by, awardDraft(awardOf(evaluateAuction(auctions, auction, rules))))
    }
  }
}
