import { QuorateError } from '@quorate/contracts'

export interface Range {
  readonly min: number
  readonly max?: number
  readonly integer?: boolean
}

export const FRACTION: Range = { min: 0, max: 1 }
export const NOT_NEGATIVE: Range = { min: 0 }
export const POSITIVE: Range = { min: Number.MIN_VALUE }
export const COUNT: Range = { min: 0, max: Number.MAX_SAFE_INTEGER, integer: true }

/** Reads a decimal number in a range. Errors: QRT_USAGE. */
export function parseNumber(text: string, name: string, range: Range): number {
  const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text.trim()) ? Number(text) : Number.NaN
  const isInside = value >= range.min && value <= (range.max ?? Number.MAX_VALUE)
  if (isInside && (range.integer !== true || Number.isInteger(value))) return value
  throw new QuorateError('QRT_USAGE', `${name} must be ${wanted(range)}, not '${text}'.`)
}

/** As parseNumber, for a flag that may be absent. */
export function optionalNumber(text: string | undefined, name: string, range: Range): number | undefined {
  return text === undefined ? undefined : parseNumber(text, name, range)
}

function wanted(range: Range): string {
  const kind = range.integer === true ? 'a whole number' : 'a number'
  if (range === POSITIVE) return `${kind} above 0`
  if (range.max === undefined || range.max === Number.MAX_SAFE_INTEGER)
    return `${kind} of at least ${range.min}`
  return `${kind} from ${range.min} to ${range.max}`
}
