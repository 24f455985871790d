import type { CborValue, ConfigResult, ConfigSchema } from '@quorate/contracts'

/** Settings of the pbft strategy, in the founding document's `consensus.config`. All are whole numbers. */
export interface PbftConfig {
  /** Sequence numbers that may be undecided at a time (W). 1 .. 64 */
  readonly window: number
  /** Batches between checkpoints (K); the log reaches 2K past the last stable one. 8 .. 4096 */
  readonly checkpointInterval: number
  /** How long the oldest ready request may wait before the primary is suspected. 100 .. 600000 ms */
  readonly viewTimeoutMs: number
  /** How long a batch waits for more entries while others are in flight. 0 .. 1000 ms */
  readonly batchDelayMs: number
  /** 1 .. 8192 */
  readonly batchEntriesMax: number
  /** A single larger submission still fits alone. 1024 .. 1048576 bytes */
  readonly batchBytesMax: number
  /** After this long without execution the submitter tells every voter. 50 .. 60000 ms */
  readonly relayMs: number
  /** Period of status messages and of repeating one's last votes. 50 .. 60000 ms */
  readonly statusMs: number
}

export const PBFT_DEFAULTS: PbftConfig = {
  window: 8,
  checkpointInterval: 64,
  viewTimeoutMs: 2_000,
  batchDelayMs: 4,
  batchEntriesMax: 2_048,
  batchBytesMax: 512 * 1024,
  relayMs: 800,
  statusMs: 1_000
}

const BOUNDS: { readonly [K in keyof PbftConfig]: readonly [low: number, high: number] } = {
  window: [1, 64],
  checkpointInterval: [8, 4_096],
  viewTimeoutMs: [100, 600_000],
  batchDelayMs: [0, 1_000],
  batchEntriesMax: [1, 8_192],
  batchBytesMax: [1_024, 1_048_576],
  relayMs: [50, 60_000],
  statusMs: [50, 60_000]
}

export const pbftConfigSchema: ConfigSchema<PbftConfig> = {
  parse: (value): ConfigResult<PbftConfig> => {
    const issues = Object.entries(value).flatMap(([key, setting]) => issueOf(key, setting))
    return issues.length > 0
      ? { ok: false, issues }
      : { ok: true, value: { ...PBFT_DEFAULTS, ...(value as Partial<PbftConfig>) } }
  }
}

const issueOf = (key: string, setting: CborValue): string[] => {
  const bounds = (BOUNDS as Record<string, readonly [number, number] | undefined>)[key]
  if (!bounds) return [`unknown setting "${key}"; known are ${Object.keys(BOUNDS).join(', ')}`]
  const [low, high] = bounds
  const fits =
    typeof setting === 'number' && Number.isSafeInteger(setting) && setting >= low && setting <= high
  return fits ? [] : [`"${key}" must be a whole number in ${low} .. ${high}`]
}
