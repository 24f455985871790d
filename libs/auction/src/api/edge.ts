import { toMicro } from '@quorate/core'

/**
 * Where users' decimals become integers, once, before anything is signed. Problems are collected in `issues`,
 * so that a user sees all of them at once; what is returned then does not matter.
 */
export interface Edge {
  readonly issues: string[]
  /** Micro-units of a number that is not negative. */
  micro(name: string, value: number): number
  /** ppm of a number in 0..1. */
  fraction(name: string, value: number): number
  /** A count from 1. */
  count(name: string, value: number): number
  fractions(name: string, values: Numbers): { readonly [key: string]: number }
  micros(name: string, values: Numbers): { readonly [key: string]: number }
}

export interface Numbers {
  readonly [key: string]: number
}

type Convert = (name: string, value: number) => number

/** Requests come from JSON: what should be an object may be anything. */
const each =
  (convert: Convert, issues: string[]) =>
  (name: string, values: Numbers): Numbers => {
    if (typeof values === 'object' && values !== null && !Array.isArray(values)) {
      return Object.fromEntries(
        Object.entries(values).map(([key, value]) => [key, convert(`${name} "${key}"`, value)])
      )
    }
    issues.push(`${name} must be an object of numbers`)
    return {}
  }

export const createEdge = (): Edge => {
  const issues: string[] = []
  const fail = (issue: string): number => {
    issues.push(issue)
    return 0
  }
  const micro = (name: string, value: number): number => {
    const converted = typeof value === 'number' ? toMicro(value) : undefined
    return converted === undefined || converted < 0 || value < 0
      ? fail(`${name} must be a number from 0, not ${String(value)}`)
      : converted
  }
  const fraction = (name: string, value: number): number =>
    value > 1 ? fail(`${name} must be from 0 to 1, not ${String(value)}`) : micro(name, value)
  const count = (name: string, value: number): number =>
    Number.isSafeInteger(value) && value > 0
      ? value
      : fail(`${name} must be a whole number from 1, not ${String(value)}`)
  return { issues, micro, fraction, count, fractions: each(fraction, issues), micros: each(micro, issues) }
}
