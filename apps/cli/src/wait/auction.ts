import type { AuctionState } from '@quorate/client'
import { span } from '../output/amount.ts'
import type { Session } from '../session.ts'
import { waitUntil } from './wait-until.ts'

export interface AuctionWait {
  readonly run: boolean
  readonly timeoutMs: number
}

const STAGES: { readonly [phase: string]: string } = {
  bidding: 'Taking sealed bids',
  revealing: 'Opening the bids',
  awarded: 'Awarded; the winner is at work'
}

/** Waits for the award and, with `run`, for the task's result. */
export function waitForAuction(
  session: Session,
  first: AuctionState,
  wait: AuctionWait
): Promise<AuctionState> {
  return waitUntil(
    first,
    {
      isDone: view => isSettled(view, wait.run),
      ask: ms => session.client.waitForAuction(first.auctionId, ms),
      describe: (view, leftMs) => `${STAGES[view.phase] ?? view.phase}, ${span(leftMs)} left`,
      untilMs: Date.now() + wait.timeoutMs
    },
    session.terminal
  )
}

function isSettled(view: AuctionState, run: boolean): boolean {
  if (view.phase === 'bidding' || view.phase === 'revealing') return false
  return view.phase !== 'awarded' || !run || (view.result !== undefined && view.result !== null)
}
