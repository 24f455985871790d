import type { Store, StoreOp, StoreReader } from '@quorate/contracts'
import { createKeySpace, type KeySpace } from './key-space.ts'

export interface DiskHooks {
  /** May throw: the crash then comes before the data is down. */
  readonly beforeCommit: (ops: readonly StoreOp[]) => void
  /** The data is durable now; throwing here is a crash right after the fsync. */
  readonly afterCommit: (ops: readonly StoreOp[]) => void
}

/** A disk that outlives its node: what was committed stays, whatever happens to the node. */
export interface VirtualDisk extends StoreReader {
  /** A store for one run of the node. */
  readonly mount: (hooks: DiskHooks) => Store
  /** The node's power fails. An honest disk keeps everything that it has acknowledged. */
  readonly powerFails: () => void
}

export const createVirtualDisk = (): VirtualDisk => {
  const spaces = new Map<string, KeySpace>()

  const space = (name: string): KeySpace => {
    const known = spaces.get(name) ?? createKeySpace()
    spaces.set(name, known)
    return known
  }

  const apply = (op: StoreOp): void => {
    if (op.type === 'put') space(op.space).put(op.key, op.value)
    else if (op.type === 'delete') space(op.space).delete(op.key)
    else for (const { key } of space(op.space).range(op)) space(op.space).delete(key)
  }

  const reader: StoreReader = {
    get: (name, key) => space(name).get(key),
    range: (name, options) => space(name).range(options)
  }

  return {
    ...reader,
    mount: hooks => ({
      ...reader,
      commit: ops => {
        hooks.beforeCommit(ops)
        for (const op of ops) apply(op)
        hooks.afterCommit(ops)
      },
      close: () => undefined
    }),
    powerFails: () => undefined
  }
}
