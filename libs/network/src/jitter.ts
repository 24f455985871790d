export interface BackOffRange {
  readonly minMs: number
  readonly maxMs: number
}

/**
 * How long to wait before the next attempt, full jitter: uniform between 0 and an exponentially growing cap, so that
 * peers which failed together do not try again together.
 *
 * Units: milliseconds. Bounds: cap is `minMs * 2^failures`, at most `maxMs`.
 * Source: Brooker, "Exponential backoff and jitter", AWS 2015.
 */
export const fullJitterMs = (failures: number, range: BackOffRange, random = Math.random): number =>
  Math.floor(random() * Math.min(range.maxMs, range.minMs * 2 ** Math.min(failures, 30)))
