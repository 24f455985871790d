import type { DatabaseSync } from 'node:sqlite'
import { decodeKey } from './key-codec.ts'
import { intactRow, type RawRow, type Statements } from './statements.ts'
import { corrupt } from './storage-errors.ts'

const PROBLEMS_SHOWN_MAX = 3

/**
 * Has SQLite check the structure of the whole file: pages, order, and that the index holds exactly the rows of the table.
 *
 * `integrity_check`, not `quick_check`: the latter does not compare the index with the table, and a row that the index
 * has lost is a row that reads as absent. It costs half as much again (0.7 s for 600,000 rows in 660 MB).
 * Errors: QRT_STORAGE_CORRUPT.
 */
export const verifyStructure = (database: DatabaseSync, file: string): void => {
  const lines = database
    .prepare(`PRAGMA integrity_check(${PROBLEMS_SHOWN_MAX})`)
    .all()
    .map(row => String(row['integrity_check']))
  if (lines.length !== 1 || lines[0] !== 'ok') throw corrupt(file, lines.join('; '))
}

const nameOf = ({ space, key }: RawRow): string =>
  space instanceof Uint8Array && key instanceof Uint8Array
    ? `row ${JSON.stringify(decodeKey(key))} of space ${JSON.stringify(decodeKey(space))}`
    : 'a row'

/** What to say of a row whose check fails. */
export const damagedRow = (file: string, row: RawRow): Error =>
  corrupt(file, `${nameOf(row)} does not match its checksum`)

const verifySpace = (statements: Statements, file: string, space: Uint8Array): number => {
  let verified = 0
  for (const row of statements.rowsOf(space)) {
    if (intactRow(row) === undefined) throw damagedRow(file, row)
    verified++
  }
  return verified
}

/**
 * Verifies the check of every row outside of `lazySpaces`; those are verified when they are read. Returns the number of
 * rows verified. Bounds: about 5 us per row, one row in memory. Errors: QRT_STORAGE_CORRUPT.
 */
export const verifyRows = (statements: Statements, file: string, lazySpaces: readonly string[]): number => {
  const lazy = new Set(lazySpaces)
  return statements
    .spaces()
    .filter(space => !lazy.has(decodeKey(space)))
    .reduce((sum, space) => sum + verifySpace(statements, file, space), 0)
}
