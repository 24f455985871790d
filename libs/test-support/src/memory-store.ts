import type { RangeOptions, Store, StoreOp, StoreRow } from '@quorate/contracts'
import { compareText } from '@quorate/core'

/** A disk that outlives its node. */
export const createMemoryStore = (): Store => {
  const spaces = new Map<string, Map<string, Uint8Array>>()
  const space = (name: string): Map<string, Uint8Array> => {
    const known = spaces.get(name) ?? new Map<string, Uint8Array>()
    spaces.set(name, known)
    return known
  }
  const range = (name: string, options: RangeOptions = {}): StoreRow[] => {
    const keys = [...space(name).keys()].filter(key => inRange(key, options)).toSorted(compareText)
    const ordered = options.reverse ? keys.toReversed() : keys
    return ordered.slice(0, options.limit).map(key => ({ key, value: space(name).get(key) as Uint8Array }))
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

const inRange = (key: string, { from, to }: RangeOptions): boolean =>
  (from === undefined || key >= from) && (to === undefined || key < to)
