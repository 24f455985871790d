import { compareText } from '@quorate/core'

/** Counts what happened, by name. Names are constants of the code, so their number is bounded. */
export interface Counters {
  count(name: string, by?: number): void
  /** A copy: name to total since the start. */
  all(): Record<string, number>
}

export const createCounters = (): Counters => {
  const totals = new Map<string, number>()
  return {
    count(name, by = 1) {
      totals.set(name, (totals.get(name) ?? 0) + by)
    },
    all: () => Object.fromEntries([...totals].toSorted(([a], [b]) => compareText(a, b)))
  }
}
