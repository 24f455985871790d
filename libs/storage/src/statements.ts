import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'
import type { RangeOptions, StoreOp } from '@quorate/contracts'
import { assertNever, invariant } from '@quorate/core'
import { AFTER_ALL_KEYS, BEFORE_ALL_KEYS, encodeKey } from './key-codec.ts'
import { rowCheck, type StoredRow } from './row-check.ts'

/** A row as it was read: nothing is believed about it yet. */
export type RawRow = { readonly [column: string]: SQLOutputValue }

/** The prepared statements of one connection, in terms of the Store contract. Errors: those of node:sqlite. */
export interface Statements {
  begin(): void
  commit(): void
  apply(op: StoreOp): void
  get(space: string, key: string): RawRow | undefined
  range(space: string, options: RangeOptions): readonly RawRow[]
  /** Every space that has rows, in order. */
  spaces(): readonly Uint8Array[]
  /** Every row of a space, in order, one at a time. */
  rowsOf(space: Uint8Array): Iterable<RawRow>
}

/** A crc is masked to what it can be, because node:sqlite throws on integers that a number cannot hold. */
const COLUMNS = 'space, key, value, crc & 4294967295 AS crc'
const BETWEEN = 'space = ? AND key >= ? AND key < ?'
const SQL = {
  put:
    'INSERT INTO rows (space, key, value, crc) VALUES (?, ?, ?, ?) ' +
    'ON CONFLICT (space, key) DO UPDATE SET value = excluded.value, crc = excluded.crc',
  remove: 'DELETE FROM rows WHERE space = ? AND key = ?',
  removeRange: `DELETE FROM rows WHERE ${BETWEEN}`,
  get: `SELECT ${COLUMNS} FROM rows WHERE space = ? AND key = ?`,
  ascending: `SELECT ${COLUMNS} FROM rows WHERE ${BETWEEN} ORDER BY key LIMIT ?`,
  descending: `SELECT ${COLUMNS} FROM rows WHERE ${BETWEEN} ORDER BY key DESC LIMIT ?`,
  rowsOf: `SELECT ${COLUMNS} FROM rows WHERE space = ? ORDER BY key`,
  firstSpace: 'SELECT min(space) AS space FROM rows',
  nextSpace: 'SELECT min(space) AS space FROM rows WHERE space > ?'
} as const

const SPACES_CACHED_MAX = 1024
const NO_LIMIT = -1

/** Spaces are few and named in code; their bytes are made once. */
const createSpaceCodec = (): ((space: string) => Uint8Array) => {
  const encoded = new Map<string, Uint8Array>()
  return space => {
    const known = encoded.get(space)
    if (known !== undefined) return known
    const bytes = encodeKey(space)
    if (encoded.size < SPACES_CACHED_MAX) encoded.set(space, bytes)
    return bytes
  }
}

const rowLimit = (limit: number | undefined): number => {
  if (limit === undefined) return NO_LIMIT
  invariant(Number.isSafeInteger(limit) && limit >= 0, `a limit of ${limit} rows makes no sense`)
  return limit
}

const createWriter = (database: DatabaseSync, spaceBytes: (space: string) => Uint8Array) => {
  const put = database.prepare(SQL.put)
  const remove = database.prepare(SQL.remove)
  const removeRange = database.prepare(SQL.removeRange)
  const putRow = (space: Uint8Array, key: Uint8Array, value: Uint8Array): void => {
    invariant(value instanceof Uint8Array, 'the value of a put is bytes')
    put.run(space, key, value, rowCheck(space, key, value))
  }
  return (op: StoreOp): void => {
    const space = spaceBytes(op.space)
    if (op.type === 'put') putRow(space, encodeKey(op.key), op.value)
    else if (op.type === 'delete') remove.run(space, encodeKey(op.key))
    else if (op.type === 'delete-range') removeRange.run(space, encodeKey(op.from), encodeKey(op.to))
    else assertNever(op)
  }
}

const createReader = (database: DatabaseSync, spaceBytes: (space: string) => Uint8Array) => {
  const get = database.prepare(SQL.get)
  const ascending = database.prepare(SQL.ascending)
  const descending = database.prepare(SQL.descending)
  const range = (space: string, { from, to, limit, reverse }: RangeOptions): readonly RawRow[] => {
    const first = from === undefined ? BEFORE_ALL_KEYS : encodeKey(from)
    const end = to === undefined ? AFTER_ALL_KEYS : encodeKey(to)
    return (reverse === true ? descending : ascending).all(spaceBytes(space), first, end, rowLimit(limit))
  }
  return {
    get: (space: string, key: string) => get.get(spaceBytes(space), encodeKey(key)),
    range
  }
}

/** Steps from space to space through the index, without touching the rows. */
const listSpaces = (database: DatabaseSync): readonly Uint8Array[] => {
  const next = database.prepare(SQL.nextSpace)
  const spaces: Uint8Array[] = []
  let space = database.prepare(SQL.firstSpace).get()?.['space']
  while (space instanceof Uint8Array) {
    spaces.push(space)
    space = next.get(space)?.['space']
  }
  return spaces
}

export const createStatements = (database: DatabaseSync): Statements => {
  const spaceBytes = createSpaceCodec()
  const begin = database.prepare('BEGIN IMMEDIATE')
  const commit = database.prepare('COMMIT')
  return {
    begin: () => void begin.run(),
    commit: () => void commit.run(),
    apply: createWriter(database, spaceBytes),
    ...createReader(database, spaceBytes),
    spaces: () => listSpaces(database),
    rowsOf: space => database.prepare(SQL.rowsOf).iterate(space)
  }
}

const isBytes = (value: SQLOutputValue | undefined): value is Uint8Array<ArrayBuffer> =>
  value instanceof Uint8Array

/** undefined when a column has another type than it was written with, or its check fails. */
export const intactRow = ({ space, key, value, crc }: RawRow): StoredRow | undefined => {
  if (!isBytes(space) || !isBytes(key) || !isBytes(value) || typeof crc !== 'number') return undefined
  return rowCheck(space, key, value) === crc ? { space, key, value } : undefined
}
