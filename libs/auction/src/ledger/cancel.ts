import { ACCEPT, reject, type LedgerEvent, type Verdict } from '@quorate/contracts'
import { CANCEL_KIND, cancelShape, type Cancel } from '../wire/auction-entries.ts'
import { isOpen, readAuctionState, writeProgress } from './auction-state.ts'
import { UNKNOWN, type EntryHandler, type Step, type WriteStep } from './handler.ts'
import { markEnded, pruneEnded } from './lifecycle.ts'
import { penalise } from './reputation.ts'

const validate = ({ state, entry, body }: Step<Cancel>): Verdict => {
  const auction = readAuctionState(state, body.auction)
  if (!auction) return UNKNOWN
  if (auction.lot.author !== entry.author) return reject('auction-not-initiator')
  return isOpen(auction) ? ACCEPT : reject('auction-finished')
}

/**
 * Free before closing; afterwards bids may have been read, and it costs the initiator reputation. Rule A15.
 */
const apply = ({ state, body, context, rules }: WriteStep<Cancel>): readonly LedgerEvent[] => {
  const auction = readAuctionState(state, body.auction)
  if (!auction) return []
  const { sequence, time } = context
  const { author } = auction.lot
  const free = auction.progress.phase === 'bidding'
  if (!free) penalise(state, author, time)
  writeProgress(state, auction.id, { ...auction.progress, phase: 'cancelled' })
  markEnded(state, { id: auction.id, author, sequence, at: time })
  pruneEnded(state, rules.config, time)
  return [{ type: 'auction-cancelled', id: auction.id, sequence, data: { auction: auction.id, free } }]
}

export const cancelHandler: EntryHandler<Cancel> = {
  kind: CANCEL_KIND,
  shape: cancelShape,
  idOf: (_, body) => body.auction,
  validate,
  apply
}
