import type { CborValue, Digest, Effect } from '@quorate/contracts'
import { addressOf } from '../agents/agent-state.ts'
import {
  AUCTION_MODULE,
  candidates,
  commits,
  isOpen,
  readAuctionState,
  type Auction
} from '../ledger/auction-state.ts'
import { bidShape, commitShape } from '../wire/auction-entries.ts'
import { decodeBody, encodeBody } from '../wire/shapes.ts'
import { equalBytes } from '@quorate/core'
import { refusedEffect, submitEffect, type AuctionCommands } from './commands.ts'
import { sealBid, type PlanDeps } from './plan.ts'

type BidCommand = AuctionCommands['auction.bid']

/** What became of an agent's own bid. */
export interface Taken {
  readonly ok: boolean
  readonly effects: readonly Effect[]
}

/**
 * Seals the bid of an agent of this node: remembers it, then submits its commit under the caller's token and
 * tells the bid's id in the event `auction-bid-sealed {token, auction, agent, bid}`. The same bid again is
 * the same commit.
 *
 * Refused with: auction-unknown, auction-closed, auction-not-eligible, auction-bid-malformed,
 * auction-commit-exists (another bid of this agent was sealed before; a sealed bid cannot be changed).
 */
export const takeBid = (deps: PlanDeps, request: BidCommand): Taken => {
  const auction = readAuctionState(deps.state.module(AUCTION_MODULE), request.auction)
  const code = bidFault(deps, auction, request)
  if (code !== undefined || !auction) {
    return { ok: false, effects: [refusedEffect(request.token, code ?? 'auction-unknown')] }
  }
  const draft = sealBid(deps, auction, request)
  const bid = decodeBody(commitShape, draft.body)?.commit ?? ''
  const committed = commits.read(
    deps.state.module(AUCTION_MODULE),
    auction.id,
    addressOf(deps.self, request.agent)
  )
  const ops = deps.book.put(auction.id, request.agent, request.bid)
  const sealed = sealedEffect(request, bid)
  const submit = committed ? [] : [submitEffect(draft, request.token)]
  return { ok: true, effects: [{ type: 'persist', ops }, ...submit, sealed] }
}

const sealedEffect = ({ token, auction, agent }: BidCommand, bid: Digest): Effect => {
  const data: CborValue = { token, auction, agent, bid }
  return { type: 'notify', event: { type: 'auction-bid-sealed', durable: false, data } }
}

const bidFault = (deps: PlanDeps, auction: Auction | undefined, request: BidCommand): string | undefined => {
  if (!auction) return 'auction-unknown'
  if (!isOpen(auction) || auction.progress.phase !== 'bidding') return 'auction-closed'
  const address = addressOf(deps.self, request.agent)
  const auctions = deps.state.module(AUCTION_MODULE)
  if (!candidates.read(auctions, auction.id, address)) return 'auction-not-eligible'
  if (bidShape.decode(bidShape.encode(request.bid)) === undefined) return 'auction-bid-malformed'
  const before = deps.book.get(auction.id, request.agent)
  if (!before) return commits.read(auctions, auction.id, address) ? 'auction-commit-exists' : undefined
  const same = equalBytes(encodeBody(bidShape, before), encodeBody(bidShape, request.bid))
  return same ? undefined : 'auction-commit-exists'
}
