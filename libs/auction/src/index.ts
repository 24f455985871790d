/**
 * Sealed-bid, multi-criteria auctions on the ledger: agents and their reputation, lots, bids, integer scoring
 * that every voter recomputes, payment, ranked alternates, risk; the machine that drives a node's part; views
 * for the API.
 *
 * @example
 * import { auctionPlugin, auctionSpecFromRequest, readAuction } from '@quorate/auction'
 *
 * const spec = auctionSpecFromRequest({ task: 'Transcode talk.mp4', work: 10 }, { state, nonce })
 * if (spec.ok) node.command({ name: 'auction.announce', payload: { token: 'api:1', spec: spec.value } })
 * // ... once the ledger event `auction-awarded` or `auction-no-award` has come:
 * readAuction(state, auctionIdOf(self, announceDraft(spec.value).body))
 */
export * from './plugin.ts'
export * from './config.ts'
export * from './limits.ts'
export * from './rules.ts'

export * from './wire/agent-entries.ts'
export * from './wire/auction-entries.ts'
export * from './wire/hashes.ts'

export {
  AGENTS_MODULE,
  addressOf,
  hostOf,
  nameOf,
  readAgent,
  readAgents,
  type Agent
} from './agents/agent-state.ts'
export { agentsModule } from './agents/agents-module.ts'
export { AUCTION_MODULE, readAuctionState, type Auction, type Phase } from './ledger/auction-state.ts'
export {
  createAuctionModule,
  createSealedBid,
  SEALED_BID,
  SEALED_BID_VERSION
} from './ledger/auction-module.ts'
export { evaluateAuction, awardOf } from './ledger/evaluation-input.ts'
export { type Candidate } from './ledger/candidate.ts'
export { readReputation } from './ledger/reputation.ts'
export * from './reputation/beta.ts'

export * from './scoring/catalogue.ts'
export * from './scoring/criterion.ts'
export * from './scoring/evaluation.ts'
export * from './scoring/evaluate.ts'
export * from './scoring/payment.ts'
export * from './scoring/rank.ts'
export * from './scoring/result-digest.ts'
export * from './scoring/weights.ts'
export * from './risk/risk-model.ts'
export * from './bidding/bid-strategy.ts'

export * from './machine/auction-machine.ts'
export { type AuctionCommand, type AuctionCommands } from './machine/commands.ts'
export * from './machine/drafts.ts'

export * from './api/agent-request.ts'
export * from './api/auction-request.ts'
export * from './api/bid-request.ts'
export * from './api/list-agents.ts'
export * from './api/read-auction.ts'
export * from './api/replay.ts'
export { parseMemory } from './api/memory-size.ts'
