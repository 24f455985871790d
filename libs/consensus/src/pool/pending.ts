import type { Submission, TimeMs } from '@quorate/contracts'
import { LIMITS } from '@quorate/core'

/** A submission that waits to be ordered. */
export interface Pending {
  readonly submission: Submission
  /** Local time since when it waits: since it came, or since it was last found to be too early. */
  since: TimeMs
  readonly own: boolean
  /** Local time at which this node last sent it to every voter; own submissions only. */
  lastSent: TimeMs
  /** `in-flight`: in a batch that is proposed but not executed. `tried`: not valid yet, to be tried again later. */
  stage: 'ready' | 'in-flight' | 'tried'
  tries: number
  retryAt: TimeMs
}

export const POOL_BYTES_MAX = 64 * 1024 * 1024
/** What one author may have waiting, so that a flood leaves room for the others. */
export const POOL_BYTES_PER_AUTHOR_MAX = POOL_BYTES_MAX / 4
/** An author's counters are told apart in a window (docs/protocol/consensus.md, "submissions"): no more may wait. */
export const POOL_PER_AUTHOR_MAX = LIMITS.submissionWindow

/** What was tried too early is tried again after this long, doubled each time up to the longest. */
const RETRY_MS = 50
const RETRY_MS_MAX = 400

export const retryAfter = (tries: number): number => Math.min(RETRY_MS * 2 ** tries, RETRY_MS_MAX)
