import type { RangeOptions, Store, StoreOp, StoreRow } from '@quorate/contracts'
import { compareText } from '@quorate/core'

/** A disk that outlives its node: what was committed stays, whatever happens to the node. */
export interface VirtualDisk {
  /** A store for one run of the node. `beforeCommit` may throw: the crash then comes before the data is down. */
  mount(hooks: DiskHooks): Store
}

export interface DiskHooks {
  beforeCommit(ops: readonly StoreOp[]): void
  /** The data is durable now; throwing here is a crash right after the fsync. */
  afterCommit(ops: readonly StoreOp[]): void
}

export const createVirtualDisk = (): VirtualDisk => {
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
    mount: hooks => ({
      get: (name, key) => space(name).get(key),
      range,
      commit: ops => {
        hooks.beforeCommit(ops)
        for (const op of ops) apply(op)
        hooks.afterCommit(ops)
      },
      close: () => undefined
    })
  }
}

const inRange = (key: string, { from, to }: RangeOptions): boolean =>
  (from === undefined || key >= from) && (to === undefined || key < to)
