import type { CborValue, PeerId, StateReader, StateWriter } from '@quorate/contracts'
import { LIMITS } from '@quorate/core'

/**
 * Which submission counters of each author were executed: part of the agreed state, so that every peer deduplicates
 * alike. Per author: `low` (every counter up to it counts as executed) and the ranges of executed counters above it, in
 * ascending order, neither touching each other nor `low`: `[low, [[from, to], ...]]`.
 * Bounds: only the DEDUPE_WINDOW counters below the newest are told apart; an older one is too old to tell and counts as
 * executed. Source: docs/protocol/consensus.md, "execution".
 */
export const DEDUPE_MODULE = 'dedupe'
export const DEDUPE_WINDOW = LIMITS.submissionWindow

type Range = readonly [from: number, to: number]

interface Executed {
  readonly low: number
  readonly above: readonly Range[]
}

const NONE: Executed = { low: 0, above: [] }

const load = (state: StateReader, author: PeerId): Executed => {
  const value = state.get(author) as readonly [number, readonly Range[]] | undefined
  return value === undefined ? NONE : { low: value[0], above: value[1] }
}

const holds = ({ low, above }: Executed, counter: number): boolean =>
  counter <= low || above.some(([from, to]) => counter >= from && counter <= to)

export const isExecuted = (state: StateReader, author: PeerId, counter: number): boolean =>
  holds(load(state, author), counter)

/** Adds a counter that is not executed yet. */
export const markExecuted = (state: StateWriter, author: PeerId, counter: number): void => {
  const { low, above } = load(state, author)
  state.put(author, slide(low, insert(above, counter)))
}

/** The ranges with the counter, merged with its neighbours. */
const insert = (ranges: readonly Range[], counter: number): Range[] => {
  const before = ranges.filter(([, to]) => to < counter - 1)
  const after = ranges.filter(([from]) => from > counter + 1)
  const touched = ranges.filter(([from, to]) => to >= counter - 1 && from <= counter + 1)
  const from = Math.min(counter, ...touched.map(range => range[0]))
  const to = Math.max(counter, ...touched.map(range => range[1]))
  return [...before, [from, to], ...after]
}

/** Moves `low` up to the window's edge, and over the ranges that touch it then. */
const slide = (low: number, ranges: readonly Range[]): CborValue => {
  const newest = ranges.at(-1)?.[1] ?? low
  let edge = Math.max(low, newest - DEDUPE_WINDOW)
  for (const [from, to] of ranges) if (from <= edge + 1 && to > edge) edge = to
  return [edge, ranges.filter(([from]) => from > edge + 1)]
}
