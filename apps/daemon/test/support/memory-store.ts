import type { Effect, StoreOp, StoreReader } from '@quorate/contracts'
import { compareText } from '@quorate/core'

/** A store in memory, and what the effects of a machine make of it. */
export interface MemoryStore extends StoreReader {
  commit(ops: readonly StoreOp[]): void
  /** Carries out the `persist` effects, as the driver does before anything else. */
  persist(effects: readonly Effect[]): void
}

export const createMemoryStore = (): MemoryStore => {
  const spaces = new Map<string, Map<string, Uint8Array>>()
  const rowsOf = (space: string): Map<string, Uint8Array> => {
    const rows = spaces.get(space) ?? new Map<string, Uint8Array>()
    spaces.set(space, rows)
    return rows
  }
  const commit = (ops: readonly StoreOp[]): void => {
    for (const op of ops) {
      if (op.type === 'put') rowsOf(op.space).set(op.key, op.value)
      if (op.type === 'delete') rowsOf(op.space).delete(op.key)
    }
  }
  return {
    commit,
    persist: effects => {
      for (const effect of effects) if (effect.type === 'persist') commit(effect.ops)
    },
    get: (space, key) => rowsOf(space).get(key),
    range: (space, { from = '', to, limit = Infinity, reverse = false } = {}) => {
      const rows = [...rowsOf(space)]
        .filter(([key]) => key >= from && (to === undefined || key < to))
        .toSorted(([a], [b]) => compareText(a, b))
        .map(([key, value]) => ({ key, value }))
      return (reverse ? rows.toReversed() : rows).slice(0, limit)
    }
  }
}
