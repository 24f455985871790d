import { ACCEPT, ignore, reject, type LedgerEvent, type Verdict } from '@quorate/contracts'
import { CLOSE_KIND, closeShape, type Close } from '../wire/auction-entries.ts'
import { readAuctionState, writeProgress } from './auction-state.ts'
import { UNKNOWN, type EntryHandler, type Step, type WriteStep } from './handler.ts'

/** Any member may close once the agreed time has come, or at once when nobody may bid. Rule A10. */
const validate = ({ state, body, context }: Step<Close>): Verdict => {
  const auction = readAuctionState(state, body.auction)
  if (!auction) return UNKNOWN
  if (auction.progress.phase !== 'bidding') return reject('auction-closed')
  const due = auction.lot.eligible === 0 || context.time >= auction.lot.commitBy
  return due ? ACCEPT : ignore('auction-too-early')
}

const apply = ({ state, body, context, rules }: WriteStep<Close>): readonly LedgerEvent[] => {
  const auction = readAuctionState(state, body.auction)
  if (!auction) return []
  const { progress } = auction
  const { sequence, time, parent } = context
  const revealBy = time + rules.config.revealWindowMs
  writeProgress(state, auction.id, { ...progress, phase: 'revealing', revealBy, parent })
  const data = { auction: auction.id, commits: progress.commits, revealBy }
  return [{ type: 'auction-closed', id: auction.id, sequence, data }]
}

export const closeHandler: EntryHandler<Close> = {
  kind: CLOSE_KIND,
  shape: closeShape,
  idOf: (_, body) => body.auction,
  validate,
  apply
}
