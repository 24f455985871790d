import type { Digest, StoreOp, StoreReader, TimeMs } from '@quorate/contracts'
import { BoundedMap, decodeCbor, digest, encodeCbor, nullable, struct, text, uint } from '@quorate/core'

/** Idempotency keys by key, and the same by time for forgetting them. Both grow with use: read from disk as needed. */
export const ONCE_SPACE = 'api/once'
export const ONCE_TIME_SPACE = 'api/once-time'

/** How long a key keeps its meaning. */
export const ONCE_KEPT_MS = 24 * 3600 * 1000
const FORGOTTEN_AT_ONCE = 1000
/** Keys of the batch that is not on disk yet, and a few more. */
const RECENT_MAX = 4096

const rowShape = struct({
  /** Digest of the request that the key was first used for. */
  request: digest(),
  /** Of what the request made; null while that is not known. */
  id: nullable(text(128)),
  at: uint()
})

export interface OnceRow {
  readonly request: Digest
  readonly id: string | null
  readonly at: TimeMs
}

export interface OnceBook {
  get(key: string, now: TimeMs): OnceRow | undefined
  put(key: string, row: OnceRow): StoreOp[]
  drop(key: string, row: OnceRow): StoreOp[]
  /** Deletes some of what is older than a day; `more` says that there may be more. */
  forget(now: TimeMs): { readonly ops: StoreOp[]; readonly more: boolean }
}

const timeKey = (at: TimeMs, key: string): string => `${at.toString().padStart(16, '0')}/${key}`

export const createOnceBook = (store: StoreReader): OnceBook => {
  const recent = new BoundedMap<string, OnceRow | null>(RECENT_MAX)
  const load = (key: string): OnceRow | undefined => {
    const known = recent.get(key)
    if (known !== undefined) return known ?? undefined
    const bytes = store.get(ONCE_SPACE, key)
    const value = bytes && decodeCbor(bytes)
    return value === undefined ? undefined : rowShape.decode(value)
  }
  return {
    get: (key, now) => {
      const row = load(key)
      return row && now - row.at < ONCE_KEPT_MS ? row : undefined
    },
    put: (key, row) => {
      recent.set(key, row)
      return [
        { type: 'put', space: ONCE_SPACE, key, value: encodeCbor(rowShape.encode(row)) },
        { type: 'put', space: ONCE_TIME_SPACE, key: timeKey(row.at, key), value: new Uint8Array() }
      ]
    },
    drop: (key, row) => {
      recent.set(key, null)
      return [
        { type: 'delete', space: ONCE_SPACE, key },
        { type: 'delete', space: ONCE_TIME_SPACE, key: timeKey(row.at, key) }
      ]
    },
    forget: now => {
      const to = timeKey(Math.max(0, now - ONCE_KEPT_MS), '')
      const rows = store.range(ONCE_TIME_SPACE, { to, limit: FORGOTTEN_AT_ONCE })
      const ops = rows.flatMap(({ key: at }): StoreOp[] => forgetOps(at, { load, recent, now }))
      return { ops, more: rows.length === FORGOTTEN_AT_ONCE }
    }
  }
}

interface Forgetting {
  readonly load: (key: string) => OnceRow | undefined
  readonly recent: BoundedMap<string, OnceRow | null>
  readonly now: TimeMs
}

/** A key that was used again after a day has a newer row, which stays. */
const forgetOps = (at: string, { load, recent, now }: Forgetting): StoreOp[] => {
  const key = at.slice(at.indexOf('/') + 1)
  const row = load(key)
  const ops: StoreOp[] = [{ type: 'delete', space: ONCE_TIME_SPACE, key: at }]
  if (!row || now - row.at < ONCE_KEPT_MS) return ops
  recent.set(key, null)
  return [...ops, { type: 'delete', space: ONCE_SPACE, key }]
}
