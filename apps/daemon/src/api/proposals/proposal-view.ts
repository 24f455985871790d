import type { ProposalView } from '@quorate/contracts'
import { ballotsNeeded } from '@quorate/core'
import type { ApiNode } from '../context.ts'
import { reachableVoters } from '../quorum.ts'
import { receiptAt } from '../receipts.ts'

export type ProposalRead = Omit<ProposalView, 'receipt'>

/** After the deadline, ballots that were enough before may still be on their way into the ledger for this long. */
export const SETTLING_MS = 5000

export const NO_QUORUM_REASON = 'no-quorum-reachable'

/** The view as the API gives it: with the receipt, and with why there is no outcome yet. */
export const completeView = (api: ApiNode, read: ProposalRead): ProposalView => {
  const receipt = read.sequence === null ? null : (receiptAt(api, read.sequence) ?? null)
  if (read.outcome !== 'undecided') return { ...read, receipt }
  const pending = read.pending || isSettling(api, read)
  return { ...read, receipt, pending, reason: reasonOf(api, pending) }
}

const reasonOf = (api: ApiNode, pending: boolean): string => {
  if (!reachableVoters(api).isQuorate) return NO_QUORUM_REASON
  return pending ? 'no outcome has been ordered yet' : 'deadline passed'
}

/** Enough ballots for an outcome were there before the deadline. */
const isSettling = ({ ledger, now }: ApiNode, { ballots, deadline }: ProposalRead): boolean => {
  if (now() > Date.parse(deadline) + SETTLING_MS) return false
  const set = ledger.application.voters()
  const count = (verdict: string): number => ballots.filter(ballot => ballot.verdict === verdict).length
  return (
    count('accept') >= ballotsNeeded(set, 'accepted') || count('reject') >= ballotsNeeded(set, 'rejected')
  )
}
