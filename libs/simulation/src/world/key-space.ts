import type { RangeOptions, StoreRow } from '@quorate/contracts'
import { compareText } from '@quorate/core'

/** The keys and values of one space of a store. Sorted only when a range asks for it. */
export interface KeySpace {
  readonly get: (key: string) => Uint8Array | undefined
  readonly put: (key: string, value: Uint8Array) => void
  readonly delete: (key: string) => void
  readonly range: (options?: RangeOptions) => StoreRow[]
}

export const createKeySpace = (): KeySpace => {
  const values = new Map<string, Uint8Array>()
  let sorted: string[] | undefined = []

  const keys = (): string[] => (sorted ??= [...values.keys()].toSorted(compareText))

  return {
    get: key => values.get(key),
    put: (key, value) => {
      if (sorted && !values.has(key)) sorted = isLast(sorted, key) ? append(sorted, key) : undefined
      values.set(key, value)
    },
    delete: key => {
      if (values.delete(key)) sorted = undefined
    },
    range: ({ from, to, limit, reverse = false } = {}) => {
      if (values.size === 0) return []
      const all = keys()
      const [first, end] = [lowerBound(all, from) ?? 0, lowerBound(all, to) ?? all.length]
      const chosen = all.slice(first, end)
      const ordered = reverse ? chosen.toReversed() : chosen
      return ordered.slice(0, limit).map(key => ({ key, value: values.get(key) as Uint8Array }))
    }
  }
}

const isLast = (sorted: readonly string[], key: string): boolean => {
  const last = sorted.at(-1)
  return last === undefined || last < key
}

const append = (sorted: string[], key: string): string[] => {
  sorted.push(key)
  return sorted
}

/** Place of the first key that is not below the bound; undefined without a bound. */
const lowerBound = (sorted: readonly string[], bound: string | undefined): number | undefined => {
  if (bound === undefined) return undefined
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] as string) < bound) low = middle + 1
    else high = middle
  }
  return low
}
