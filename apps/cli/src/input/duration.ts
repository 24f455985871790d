import { QuorateError } from '@quorate/contracts'

const UNITS: { readonly [unit: string]: number } = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }

/** Longest duration that is taken: a year. Keeps sums of times far inside the safe integers. */
const DURATION_MS_MAX = 366 * 24 * 3_600_000

/** Reads `500ms`, `30s`, `5m` or `2h`; may be zero or negative. Errors: QRT_USAGE. */
function parseSigned(text: string, name: string): number {
  const match = /^(-?\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text.trim())
  const ms = Math.round(Number(match?.[1]) * (UNITS[match?.[2] ?? ''] ?? Number.NaN))
  if (Number.isFinite(ms) && ms <= DURATION_MS_MAX) return ms
  const why = Number.isFinite(ms) ? 'is longer than a year' : 'is no duration'
  throw new QuorateError('QRT_USAGE', `${name} ${why}: '${text}'.`, {
    suggestions: ['Write a number and a unit: 500ms, 30s, 5m or 2h.']
  })
}

/** A duration in milliseconds. Errors: QRT_USAGE when it is not well formed or not positive. */
export function parseDuration(text: string, name: string): number {
  const ms = parseSigned(text, name)
  if (ms > 0) return ms
  throw new QuorateError('QRT_USAGE', `${name} must be longer than zero: '${text}'.`)
}

/** Time left until a deadline, in milliseconds. Errors: QRT_USAGE, and QRT_EXPIRED when no time is left. */
export function parseDeadline(text: string, name: string): number {
  const ms = parseSigned(text, name)
  if (ms > 0) return ms
  throw new QuorateError('QRT_EXPIRED', `${name} has passed already: '${text}'.`, {
    suggestions: ['Give the time from now on, for example 30s.']
  })
}
