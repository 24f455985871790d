import { invariant } from './invariant.ts'

/**
 * Integer arithmetic for everything that is agreed. Ratios are parts per million (ppm, 1_000_000n is 1), amounts are
 * micro-units. No floats reach the ledger: results must be the same on every CPU and Node version.
 */
export const PPM = 1_000_000n

/** floor(a * b / divisor) for a, b >= 0 and divisor > 0. */
export const mulDiv = (a: bigint, b: bigint, divisor: bigint): bigint => {
  invariant(divisor > 0n && a >= 0n && b >= 0n, 'mulDiv takes non-negative factors and a positive divisor')
  return (a * b) / divisor
}

export const clamp = (value: bigint, low: bigint, high: bigint): bigint =>
  value < low ? low : value > high ? high : value

/** Ratio a/b in ppm, rounded down, clamped to 0..1. b must be positive. */
export const ratioPpm = (a: bigint, b: bigint): bigint => clamp((a * PPM) / b, 0n, PPM)

/**
 * A user's decimal number as micro-units (or a fraction as ppm), rounded half away from zero. Done once, at the edge,
 * before the number is signed. Undefined for anything that is not finite or does not fit 2^53 micro-units.
 */
export const toMicro = (value: number): number | undefined => {
  if (!Number.isFinite(value)) return undefined
  const scaled = Math.sign(value) * Math.round(Math.abs(value) * 1_000_000)
  return Number.isSafeInteger(scaled) ? scaled + 0 : undefined
}

export const fromMicro = (micro: number | bigint): number => Number(micro) / 1_000_000
