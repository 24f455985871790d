import { ERRORS } from '@quorate/contracts'
import type { ProposalView } from '@quorate/contracts'
import type { AuctionState } from '@quorate/client'

export const DONE = 0
/** Something went wrong that has no code of its own. */
export const FAILED = 1

/** Exit code for what became of a proposal. */
export function proposalExit(view: Pick<ProposalView, 'outcome' | 'reason'>): number {
  if (view.outcome === 'accepted') return DONE
  if (view.outcome === 'rejected') return ERRORS.QRT_REJECTED.exit
  return view.reason === 'no-quorum-reachable' ? ERRORS.QRT_NO_QUORUM.exit : ERRORS.QRT_UNDECIDED.exit
}

/** Exit code for what became of an auction; with `run`, also of the task. */
export function auctionExit(view: Pick<AuctionState, 'phase' | 'reason' | 'result'>, run = false): number {
  if (view.phase === 'no-award' || view.phase === 'cancelled') return ERRORS.QRT_NO_AWARD.exit
  const isOpen = view.phase !== 'awarded' || (run && !view.result)
  if (!isOpen) return view.result?.status === 'failed' ? 1 : DONE
  return view.reason === 'no-quorum-reachable' ? ERRORS.QRT_NO_QUORUM.exit : ERRORS.QRT_UNDECIDED.exit
}
