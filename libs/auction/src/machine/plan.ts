import type { EntryDraft, PeerId, Signing, StateReader, StoreOp, TimeMs, VoterSet } from '@quorate/contracts'
import { AGENTS_MODULE, nameOf, readAgent } from '../agents/agent-state.ts'
import type { BidStrategy } from '../bidding/bid-strategy.ts'
import { AUCTION_MODULE, candidates, commits, reveals, type Auction } from '../ledger/auction-state.ts'
import { awardOf, evaluateAuction, isEvaluable } from '../ledger/evaluation-input.ts'
import type { Rules } from '../rules.ts'
import type { Bid } from '../wire/auction-entries.ts'
import { commitOf, specDigestOf } from '../wire/hashes.ts'
import type { BidBook } from './bid-book.ts'
import { awardDraft, closeDraft, commitDraft, revealDraft } from './drafts.ts'
import { saltOf } from './salt.ts'

/** One thing that this node still owes an auction. */
export interface PlannedStep {
  /** `<auction id>:<step>` or `<auction id>:<step>:<agent>`: names retries and tokens. */
  readonly key: string
  /** Local time of the first attempt. */
  readonly firstMs: TimeMs
  /** Made only when it is due: the entry, and what has to be remembered before it goes out. */
  make(): { readonly ops: readonly StoreOp[]; readonly draft: EntryDraft }
}

export interface PlanDeps {
  readonly self: PeerId
  readonly signing: Signing
  readonly state: StateReader
  readonly rules: Rules
  readonly book: BidBook
  readonly strategies: ReadonlyMap<string, BidStrategy>
  voters(): VoterSet
}

/** Pause between the peers that may close or award in place of a silent initiator. */
export const FALLBACK_MS = 500

/**
 * The initiator at once, then each voter by its place in the voter set. Undefined: leave it to the others.
 */
export const fallbackMs = (self: PeerId, initiator: PeerId, set: VoterSet): number | undefined => {
  if (self === initiator) return 0
  const place = set.voters.findIndex(({ peerId }) => peerId === self)
  return place < 0 ? undefined : (place + 1) * FALLBACK_MS
}

/** What this node owes the auction now, by the ledger's state alone: nothing that the state shows as done. */
export const planSteps = (deps: PlanDeps, auction: Auction, now: TimeMs): readonly PlannedStep[] => {
  switch (auction.progress.phase) {
    case 'bidding':
      return [...commitSteps(deps, auction, now), ...closeSteps(deps, auction, now)]
    case 'revealing':
      return [...revealSteps(deps, auction, now), ...awardSteps(deps, auction, now)]
    default:
      return []
  }
}

/** The commit of a bid, as this node seals it. */
export const sealBid = (
  deps: Pick<PlanDeps, 'self' | 'signing'>,
  auction: Auction,
  own: OwnBid
): EntryDraft => {
  const { id, lot } = auction
  const salt = saltOf(deps.signing, auction, own.agent)
  const address = `${deps.self}/${own.agent}`
  const commit = commitOf({
    auction: id,
    agent: address,
    specDigest: specDigestOf(lot.spec),
    bid: own.bid,
    salt
  })
  return commitDraft({ auction: id, agent: own.agent, commit })
}

export interface OwnBid {
  readonly agent: string
  readonly bid: Bid
}

const commitSteps = (deps: PlanDeps, auction: Auction, now: TimeMs): readonly PlannedStep[] => {
  const auctions = deps.state.module(AUCTION_MODULE)
  return candidates
    .list(auctions, auction.id, deps.self)
    .filter(([address]) => !commits.read(auctions, auction.id, address))
    .flatMap(([address]) => {
      const agent = nameOf(address)
      const bid = deps.book.get(auction.id, agent) ?? proposeBid(deps, auction, address)
      return bid ? [commitStep(deps, auction, { agent, bid })].map(step => ({ ...step, firstMs: now })) : []
    })
}

const commitStep = (deps: PlanDeps, auction: Auction, own: OwnBid): Omit<PlannedStep, 'firstMs'> => ({
  key: `${auction.id}:commit:${own.agent}`,
  make: () => ({
    ops: deps.book.get(auction.id, own.agent) ? [] : deps.book.put(auction.id, own.agent, own.bid),
    draft: sealBid(deps, auction, own)
  })
})

const proposeBid = (deps: PlanDeps, { lot }: Auction, address: string): Bid | undefined => {
  const agent = readAgent(deps.state.module(AGENTS_MODULE), address)
  const strategy = deps.strategies.get(agent?.registration.strategy ?? '')
  return agent && strategy?.propose({ spec: lot.spec, registration: agent.registration })
}

const closeSteps = (deps: PlanDeps, { id, lot }: Auction, now: TimeMs): readonly PlannedStep[] => {
  const delay = fallbackMs(deps.self, lot.author, deps.voters())
  if (delay === undefined) return []
  const firstMs = (lot.eligible === 0 ? now : lot.commitBy) + delay
  return [{ key: `${id}:close`, firstMs, make: () => ({ ops: [], draft: closeDraft(id) }) }]
}

const revealSteps = (deps: PlanDeps, auction: Auction, now: TimeMs): readonly PlannedStep[] => {
  const auctions = deps.state.module(AUCTION_MODULE)
  return commits.list(auctions, auction.id, deps.self).flatMap(([address]) => {
    const agent = nameOf(address)
    const bid = deps.book.get(auction.id, agent)
    if (!bid || reveals.read(auctions, auction.id, address)) return []
    const make = () => {
      const salt = saltOf(deps.signing, auction, agent)
      return { ops: [], draft: revealDraft({ auction: auction.id, agent, bid, salt }) }
    }
    return [{ key: `${auction.id}:reveal:${agent}`, firstMs: now, make }]
  })
}

/**
 * When all bids are open the award is due at once; else at the end of reveals. Two keys: the second may come
 * sooner.
 */
const awardSteps = (deps: PlanDeps, auction: Auction, now: TimeMs): readonly PlannedStep[] => {
  const { id, lot, progress } = auction
  const delay = fallbackMs(deps.self, lot.author, deps.voters())
  if (delay === undefined) return []
  const complete = isEvaluable(auction, 0)
  const firstMs = (complete ? now : Math.max(now, progress.revealBy)) + delay
  const make = () => {
    const evaluation = evaluateAuction(deps.state.module(AUCTION_MODULE), auction, deps.rules)
    return { ops: [], draft: awardDraft(awardOf(evaluation)) }
  }
  return [{ key: `${id}:award:${complete ? 'complete' : 'late'}`, firstMs, make }]
}
