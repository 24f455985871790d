import type { CborValue, StateReader, StateWriter } from '@quorate/contracts'
import { compareText } from '@quorate/core'

/** A deleted key in a layer that lies over one which may still hold it. */
const DELETED = Symbol('deleted')
type Slot = CborValue | typeof DELETED

/** One changed key; `value` undefined means deleted. */
export interface StateWrite {
  readonly module: string
  readonly key: string
  readonly value: CborValue | undefined
}

/**
 * The state of all ledger modules, or the changes that some entries make on top of it. Layers lie over one another, so
 * that batches which are not decided yet can be executed and dropped again without a trace.
 */
export interface StateLayer {
  reader(module: string): StateReader
  writer(module: string): StateWriter
  /** An empty layer on top of this one. */
  over(): StateLayer
  /** Takes in the writes of a layer that lies directly over this one. */
  absorb(upper: StateLayer): void
  /** Lays this layer over another one, which holds the same state as the one that it lay over. */
  rebase(lower: StateLayer): void
  /** What this layer itself changes, in no particular order. */
  writes(): readonly StateWrite[]
}

export const createStateLayer = (lower?: StateLayer): StateLayer => {
  let below = lower
  const spaces = new Map<string, Map<string, Slot>>()

  const space = (module: string): Map<string, Slot> => {
    const known = spaces.get(module)
    if (known) return known
    const made = new Map<string, Slot>()
    spaces.set(module, made)
    return made
  }

  const get = (module: string, key: string): CborValue | undefined => {
    const slot = spaces.get(module)?.get(key)
    if (slot === DELETED) return undefined
    return slot === undefined ? below?.reader(module).get(key) : slot
  }

  const range = (module: string, prefix: string): readonly (readonly [string, CborValue])[] => {
    const own = [...(spaces.get(module) ?? [])].filter(([key]) => key.startsWith(prefix))
    if (!below) return sortRows(own as [string, CborValue][])
    const merged = new Map<string, Slot>(below.reader(module).range(prefix))
    for (const [key, slot] of own) merged.set(key, slot)
    return sortRows([...merged].filter((row): row is [string, CborValue] => row[1] !== DELETED))
  }

  const write = (module: string, key: string, value: CborValue | undefined): void => {
    if (value !== undefined) space(module).set(key, value)
    else if (below) space(module).set(key, DELETED)
    else space(module).delete(key)
  }

  const reader = (module: string): StateReader => ({
    get: key => get(module, key),
    range: prefix => range(module, prefix),
    module: reader
  })

  const layer: StateLayer = {
    reader,
    writer: module => ({
      ...reader(module),
      put: (key, value) => write(module, key, value),
      delete: key => write(module, key, undefined)
    }),
    over: () => createStateLayer(layer),
    absorb: upper => {
      for (const { module, key, value } of upper.writes()) write(module, key, value)
    },
    rebase: other => {
      below = other
    },
    writes: () =>
      [...spaces].flatMap(([module, slots]) =>
        [...slots].map(([key, slot]) => ({ module, key, value: slot === DELETED ? undefined : slot }))
      )
  }
  return layer
}

const sortRows = (rows: [string, CborValue][]): [string, CborValue][] =>
  rows.toSorted((a, b) => compareText(a[0], b[0]))
