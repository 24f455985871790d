import { QuorateError, type AuctionView } from '@quorate/contracts'
import {
  listAuctions,
  orderedEntries,
  readAuction,
  replayAuction,
  type AuctionRecord,
  type AuctionReplay
} from '@quorate/auction'
import type { ApiContext } from '../context.ts'
import { NO_QUORUM_REASON } from '../proposals/proposal-view.ts'
import { reachableVoters } from '../quorum.ts'
import { notFound, receiptAt } from '../receipts.ts'

/** The view with the award's receipt, and without a quorum with that as the reason why it stands still. */
const completeAuction = (api: ApiContext, record: AuctionRecord): AuctionView => {
  const receipt = record.sequence === null ? null : (receiptAt(api, record.sequence) ?? null)
  const stuck = isOpen(record) && !reachableVoters(api).isQuorate
  return { ...record, receipt, reason: stuck ? NO_QUORUM_REASON : record.reason }
}

const isOpen = ({ phase }: Pick<AuctionView, 'phase'>): boolean =>
  phase === 'bidding' || phase === 'revealing'

export const auctionViews = (api: ApiContext): AuctionView[] =>
  listAuctions(api.ledger.state).map(record => completeAuction(api, record))

export const findAuction = (api: ApiContext, id: string): AuctionView | undefined => {
  const record = readAuction(api.ledger.state, id)
  return record && completeAuction(api, record)
}

/** Errors: QRT_NOT_FOUND. */
export const showAuction = (api: ApiContext, id: string): AuctionView => {
  const view = findAuction(api, id)
  if (!view) throw notFound('auction', id)
  return view
}

/** The view once the auction has ended. */
export const endedAuction = (api: ApiContext, id: string): AuctionView | undefined => {
  const view = findAuction(api, id)
  return view && !isOpen(view) ? view : undefined
}

/** Recomputes the award from the ledger's entries alone. Errors: QRT_NOT_FOUND, QRT_CONFLICT while there is no award. */
export const replayView = (api: ApiContext, id: string): AuctionReplay => {
  const { history, application } = api.ledger
  const replay = replayAuction(orderedEntries(history, application.voters()), id)
  if (replay) return replay
  const view = showAuction(api, id)
  throw new QuorateError(
    'QRT_CONFLICT',
    `The auction is in phase "${view.phase}": there is no award to recompute.`
  )
}
