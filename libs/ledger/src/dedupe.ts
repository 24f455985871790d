import type { CborValue, PeerId, StateReader, StateWriter } from '@quorate/contracts'

/**
 * Which submission counters of each author were executed: part of the agreed state, so that every peer deduplicates
 * alike. Per author: `low` (every counter up to it counts as executed) and the executed counters above it.
 * Bounds: at most DEDUPE_WINDOW counters above `low`; an older counter is too old to tell and counts as executed.
 * Source: docs/protocol/consensus.md, "execution".
 */
export const DEDUPE_MODULE = 'dedupe'
export const DEDUPE_WINDOW = 1024

interface Executed {
  readonly low: number
  readonly above: readonly number[]
}

const NONE: Executed = { low: 0, above: [] }

const load = (state: StateReader, author: PeerId): Executed => {
  const value = state.get(author) as readonly [number, readonly number[]] | undefined
  return value === undefined ? NONE : { low: value[0], above: value[1] }
}

export const isExecuted = (state: StateReader, author: PeerId, counter: number): boolean => {
  const { low, above } = load(state, author)
  return counter <= low || above.includes(counter)
}

export const markExecuted = (state: StateWriter, author: PeerId, counter: number): void => {
  const { low, above } = load(state, author)
  state.put(
    author,
    compact(
      low,
      [...above, counter].toSorted((a, b) => a - b)
    )
  )
}

/** Moves `low` over every counter that follows it without a gap, and over what falls out of the window. */
const compact = (low: number, sorted: readonly number[]): CborValue => {
  const newest = sorted.at(-1) ?? low
  let next = Math.max(low, newest - DEDUPE_WINDOW)
  let index = sorted.findIndex(counter => counter > next)
  while (index >= 0 && sorted[index] === next + 1) {
    next += 1
    index += 1
  }
  return [next, index < 0 ? [] : sorted.slice(index)]
}
