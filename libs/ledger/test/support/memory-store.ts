import type { RangeOptions, Store, StoreOp, StoreRow } from '@quorate/contracts'
import { compareText } from '@quorate/core'

/** A disk that outlives the ledger that is on it. */
export const createMemoryStore = (): Store => {
  const spaces = new Map<string, Map<string, Uint8Array>>()
  const space = (name: string): Map<string, Uint8Array> => {
    const known = spaces.get(name) ?? new Map<string, Uint8Array>()
    spaces.set(name, known)
    return known
  }
  const range = (
    name: string,
    { from = '', to = '\uffff', reverse, limit }: RangeOptions = {}
  ): StoreRow[] => {
    const keys = [...space(name).keys()].filter(key => key >= from && key < to).toSorted(compareText)
    const ordered = reverse ? keys.toReversed() : keys
    return ordered.slice(0, limit).map(key => ({ key, value: space(name).get(key) as Uint8Array }))
  }
  const apply = (op: StoreOp): void => {
    if (op.type === 'put') space(op.space).set(op.key, op.value)
    else if (op.type === 'delete') space(op.space).delete(op.key)
    else for (const { key } of range(op.space, op)) space(op.space).delete(key)
  }
  return {
    get: (name, key) => space(name).get(key),
    range,
    commit: ops => {
      for (const op of ops) apply(op)
    },
    close: () => undefined
  }
}
