/** A broken promise. */
export interface Violation {
  readonly invariant: string
  readonly detail: string
  /** Virtual milliseconds since the run began. */
  readonly atMs: number
}

/** Plain data: it travels between threads. */
export interface RunResult {
  readonly scenario: string
  readonly seed: number
  readonly violations: readonly Violation[]
  readonly steps: number
  readonly batches: number
  readonly messages: number
  /** Virtual milliseconds that the run took. */
  readonly virtualMs: number
  /** Digest of everything that was sent, when and to whom; the same whenever the seed is run again. */
  readonly fingerprint: string
  /** The last lines of the transcript. */
  readonly tail: readonly string[]
}
