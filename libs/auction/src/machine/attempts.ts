import type { TimeMs } from '@quorate/contracts'

/**
 * When to submit an entry again. The ledger's state says whether it is done; this only paces retries, with
 * doubled pauses, for submissions that were lost. Memory is bounded by the open auctions: `forget` drops an
 * auction's.
 */
export interface Attempts {
  /** Next local time at which the step is due; `firstMs` is the time of the first attempt, kept once told. */
  dueMs(step: string, firstMs: TimeMs): TimeMs
  /** Notes an attempt; gives its number, from 1. */
  note(step: string, now: TimeMs): number
  /** Puts the next attempt soon: the last one was refused. */
  hasten(step: string, now: TimeMs): void
  forget(prefix: string): void
}

export const RETRY_MS = 2000
export const RETRY_MS_MAX = 60_000
export const REFUSED_RETRY_MS = 250

interface Attempt {
  count: number
  nextMs: TimeMs
}

const pauseMs = (count: number): number => Math.min(RETRY_MS_MAX, RETRY_MS * 2 ** Math.min(count, 16))

export const createAttempts = (): Attempts => {
  const attempts = new Map<string, Attempt>()
  const find = (step: string, firstMs: TimeMs): Attempt => {
    const known = attempts.get(step) ?? { count: 0, nextMs: firstMs }
    attempts.set(step, known)
    return known
  }
  return {
    dueMs: (step, firstMs) => find(step, firstMs).nextMs,
    note: (step, now) => {
      const attempt = find(step, now)
      attempt.nextMs = now + pauseMs(attempt.count)
      attempt.count += 1
      return attempt.count
    },
    hasten: (step, now) => {
      const attempt = attempts.get(step)
      if (attempt) attempt.nextMs = Math.min(attempt.nextMs, now + REFUSED_RETRY_MS * attempt.count)
    },
    forget: prefix => {
      for (const step of attempts.keys()) if (step.startsWith(prefix)) attempts.delete(step)
    }
  }
}
