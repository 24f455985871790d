import type {
  AuctionReplayView,
  Digest,
  Entry,
  LedgerContext,
  LedgerHistory,
  LedgerModule,
  VoterSet
} from '@quorate/contracts'
import { AWARD_KIND } from '@quorate/core'
import { agentsModule } from '../agents/agents-module.ts'
import { createAuctionModule } from '../ledger/auction-module.ts'
import { AUCTION_MODULE, readAuctionState } from '../ledger/auction-state.ts'
import { evaluateAuction } from '../ledger/evaluation-input.ts'
import { STANDARD_RULES, type Rules } from '../rules.ts'
import { resultDigestOf } from '../scoring/result-digest.ts'
import { awardShape } from '../wire/auction-entries.ts'
import { decodeBody } from '../wire/shapes.ts'
import { createMemoryState, type MemoryState } from './memory-state.ts'
import { readAuction, type AuctionRecord } from './read-auction.ts'

/** An entry with the place it was ordered at. */
export interface OrderedEntry {
  readonly entry: Entry
  readonly context: LedgerContext
}

/** A replayed auction: what the ledger says, and what its entries give when they are computed again. */
export interface AuctionReplay extends AuctionReplayView {
  readonly view: AuctionRecord | undefined
}

/**
 * Recomputes an award from ledger entries alone: applies every agent and auction entry from the founding up
 * to the award to an empty state, and evaluates there. Trusts no state of this node, and finds auctions that
 * were pruned long ago.
 *
 * Shape: `ordered` begins with the first entry of the ledger. Errors: undefined when there is no award of
 * that auction.
 */
export const replayAuction = (
  ordered: Iterable<OrderedEntry>,
  id: Digest,
  rules: Rules = STANDARD_RULES
): AuctionReplay | undefined => {
  const state = createMemoryState()
  const auctionModule = createAuctionModule(rules)
  const modules = new Map(
    [agentsModule, auctionModule].flatMap(module => module.kinds.map(kind => [kind, module]))
  )
  for (const { entry, context } of ordered) {
    const module = modules.get(entry.kind)
    if (!module) continue
    const award = entry.kind === AWARD_KIND ? decodeBody(awardShape, entry.body) : undefined
    if (award?.auction === id) return compare({ state, module, rules }, { entry, context }, award.result)
    module.apply(state.writer(module.name), entry, context)
  }
  return undefined
}

interface Replay {
  readonly state: MemoryState
  readonly module: LedgerModule
  readonly rules: Rules
}

const compare = (replay: Replay, award: OrderedEntry, recorded: Digest): AuctionReplay | undefined => {
  const { state, module, rules } = replay
  const auctionId = module.idOf(award.entry)
  const auction = readAuctionState(state.reader(AUCTION_MODULE), auctionId)
  if (!auction) return undefined
  const recomputed = resultDigestOf(evaluateAuction(state.reader(AUCTION_MODULE), auction, rules))
  module.apply(state.writer(module.name), award.entry, award.context)
  const view = readAuction(state.reader(AUCTION_MODULE), auctionId, rules)
  return { auctionId, matches: recorded === recomputed, recorded, recomputed, view }
}

/** The ledger from its first entry on. The modules here do not look at the voter set, so any will do. */
export function* orderedEntries(
  history: Pick<LedgerHistory, 'batch'>,
  epoch: VoterSet
): Generator<OrderedEntry> {
  for (let seq = 1; ; seq++) {
    const found = history.batch(seq)
    if (!found) return
    const { header, submissions } = found.batch
    const { time, parent, base } = header
    for (const [i, entry] of submissions.flatMap(({ entries }) => entries).entries()) {
      yield { entry, context: { time, seq, parent, sequence: base + i + 1, epoch } }
    }
  }
}
