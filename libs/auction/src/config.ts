import type { CborValue, ConfigResult, ConfigSchema } from '@quorate/contracts'

/**
 * Settings of the `sealed-bid` strategy in the founding document; durations are milliseconds of agreed time.
 */
export interface AuctionConfig {
  readonly bidWindowMinMs: number
  readonly bidWindowMaxMs: number
  /** From the closing entry to the end of reveals. */
  readonly revealWindowMs: number
  /** Auctions that are neither awarded nor cancelled, in the group and per initiator. */
  readonly openMax: number
  readonly openPerPeerMax: number
  readonly bidsMax: number
  /** Ended auctions stay in the state until there are more than this many, or they are older than that. */
  readonly finishedMax: number
  readonly finishedMs: number
}

interface Setting {
  readonly standard: number
  readonly min: number
  readonly max: number
}

const DAY_MS = 24 * 3600 * 1000

const SETTINGS: { readonly [K in keyof AuctionConfig]: Setting } = {
  bidWindowMinMs: { standard: 100, min: 1, max: 7 * DAY_MS },
  bidWindowMaxMs: { standard: 7 * DAY_MS, min: 1, max: 30 * DAY_MS },
  revealWindowMs: { standard: 5000, min: 100, max: DAY_MS },
  openMax: { standard: 256, min: 1, max: 4096 },
  openPerPeerMax: { standard: 16, min: 1, max: 4096 },
  bidsMax: { standard: 1024, min: 1, max: 1024 },
  finishedMax: { standard: 256, min: 1, max: 4096 },
  finishedMs: { standard: 7 * DAY_MS, min: 1000, max: 365 * DAY_MS }
}

const NAMES = Object.keys(SETTINGS) as readonly (keyof AuctionConfig)[]

const settingIssue = (name: keyof AuctionConfig, value: CborValue | undefined): string[] => {
  const { min, max } = SETTINGS[name]
  if (value === undefined) return []
  const fits = typeof value === 'number' && Number.isSafeInteger(value) && value >= min && value <= max
  return fits ? [] : [`"${name}" must be a whole number from ${min} to ${max}`]
}

const parse = (value: { readonly [key: string]: CborValue }): ConfigResult<AuctionConfig> => {
  const given = (name: string): CborValue | undefined =>
    Object.hasOwn(value, name) ? value[name] : undefined
  const unknown = Object.keys(value).filter(key => !NAMES.some(name => name === key))
  const issues = [
    ...unknown.map(key => `unknown setting "${key}"`),
    ...NAMES.flatMap(name => settingIssue(name, given(name)))
  ]
  if (issues.length > 0) return { ok: false, issues }
  const entries = NAMES.map(name => [name, given(name) ?? SETTINGS[name].standard] as const)
  const config = Object.fromEntries(entries) as unknown as AuctionConfig
  if (config.bidWindowMinMs <= config.bidWindowMaxMs) return { ok: true, value: config }
  return { ok: false, issues: ['"bidWindowMinMs" must not be above "bidWindowMaxMs"'] }
}

/** Absent settings take their standard value; unknown ones are refused. */
export const auctionConfigSchema: ConfigSchema<AuctionConfig> = { parse }

const standard = parse({})

/** The configuration of an empty founding `config`. */
export const STANDARD_CONFIG: AuctionConfig = standard.ok ? standard.value : ({} as AuctionConfig)
