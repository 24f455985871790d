import { QuorateError, type ProposeRequest } from '@quorate/contracts'
import { LIMITS } from '@quorate/core'
import { checkStatement, dataText } from '../entries/record-draft.ts'

/** Time that a proposal is open when the request names none. */
export const DEADLINE_STANDARD_MS = 30_000

/** A request that has been found good, with data as it goes on the ledger. */
export interface CheckedProposal {
  readonly statement: string
  readonly data: string | null
  readonly options: readonly string[]
  readonly tally: 'approval' | 'ranked' | 'weighted' | null
  readonly deadlineMs: number
}

/** Errors: QRT_TOO_LARGE for statement and data, QRT_EXPIRED for the deadline, QRT_USAGE for options. */
export const checkProposal = (request: ProposeRequest): CheckedProposal => {
  const options = request.options ?? []
  const tally = request.tally ?? null
  if (options.length > 0 || tally !== null) throw noOptions()
  return {
    statement: checkStatement(request.statement),
    data: dataText(request.data),
    options,
    tally,
    deadlineMs: checkDeadline(request.deadlineMs ?? DEADLINE_STANDARD_MS)
  }
}

const noOptions = (): QuorateError =>
  new QuorateError('QRT_USAGE', 'This release decides proposals without options and tally methods only.', {
    suggestions: ['Put the choices into separate proposals.']
  })

/** Milliseconds from now, as a whole number. */
export const checkDeadline = (deadlineMs: number): number => {
  if (!Number.isFinite(deadlineMs) || deadlineMs <= 0) {
    throw new QuorateError('QRT_EXPIRED', 'The deadline has passed already: it must be in the future.', {
      details: { deadlineMs }
    })
  }
  if (deadlineMs <= LIMITS.proposalOpenMsMax) return Math.ceil(deadlineMs)
  throw new QuorateError('QRT_EXPIRED', 'The deadline is too far away: at most 7 days are allowed.', {
    details: { deadlineMs, limit: LIMITS.proposalOpenMsMax }
  })
}
