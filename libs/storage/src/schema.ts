import type { DatabaseSync } from 'node:sqlite'
import { QuorateError } from '@quorate/contracts'
import { corrupt } from './storage-errors.ts'

/** Layout that this version writes; kept in the file as `user_version`. */
export const SCHEMA_VERSION = 1

/** "QRTE" in the file's header, so that another program's database is not taken for ours. */
const APPLICATION_ID = 0x51525445

/**
 * One table. A rowid table with a unique index, not WITHOUT ROWID: with 4 KiB pages the latter puts every row above
 * 1 KB on an overflow page of its own (four times the size, half the speed); see README.md.
 */
const TABLE =
  'CREATE TABLE rows (space BLOB NOT NULL, key BLOB NOT NULL, value BLOB NOT NULL, crc INTEGER NOT NULL, ' +
  'UNIQUE (space, key)) STRICT'

/** Brings a store from layout `from` to `from + 1`. Runs inside one transaction with the change of version. */
export interface Migration {
  readonly from: number
  readonly run: (database: DatabaseSync) => void
}

/** In ascending order of `from`, without gaps up to SCHEMA_VERSION. */
export const MIGRATIONS: readonly Migration[] = []

const headerNumber = (database: DatabaseSync, pragma: 'user_version' | 'application_id'): number =>
  Number(database.prepare(`PRAGMA ${pragma}`).get()?.[pragma])

const objects = (database: DatabaseSync): string =>
  database
    .prepare(
      "SELECT type || ' ' || name || ' ' || coalesce(sql, '') AS line FROM sqlite_schema ORDER BY name"
    )
    .all()
    .map(row => String(row['line']))
    .join('\n')

const EXPECTED_OBJECTS = ['table rows ' + TABLE, 'index sqlite_autoindex_rows_1 '].join('\n')

const isEmpty = (database: DatabaseSync): boolean =>
  objects(database) === '' && headerNumber(database, 'user_version') === 0

/** Runs `change` in one transaction that also sets the version. */
const inTransaction = (database: DatabaseSync, version: number, change: () => void): void => {
  database.exec('BEGIN IMMEDIATE')
  try {
    change()
    database.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${version}; COMMIT`)
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK')
    throw error
  }
}

const refuseNewer = (file: string, version: number): QuorateError =>
  new QuorateError(
    'QRT_STORAGE_VERSION',
    `${file} has layout ${version}; this version of Quorate knows up to ${SCHEMA_VERSION}.`,
    {
      details: { file, version, known: SCHEMA_VERSION },
      suggestions: ['Install the newer version of Quorate again.']
    }
  )

/** Migrates step by step; each step is one transaction, so a crash leaves a whole layout. */
export const migrate = (database: DatabaseSync, from: number, migrations: readonly Migration[]): number => {
  let version = from
  for (const migration of migrations.filter(candidate => candidate.from >= from)) {
    inTransaction(database, migration.from + 1, () => migration.run(database))
    version = migration.from + 1
  }
  return version
}

/** Makes the layout in an empty file. */
export const createSchema = (database: DatabaseSync): void =>
  inTransaction(database, SCHEMA_VERSION, () => database.exec(TABLE))

/**
 * Says whether the file is empty, and refuses one of another program or of a newer version, before anything is written.
 *
 * Errors: QRT_STORAGE_CORRUPT, QRT_STORAGE_VERSION.
 */
export const inspectVersion = (database: DatabaseSync, file: string): { readonly version: number } => {
  if (isEmpty(database)) return { version: 0 }
  const version = headerNumber(database, 'user_version')
  if (headerNumber(database, 'application_id') !== APPLICATION_ID)
    throw corrupt(file, 'not a store of Quorate')
  if (version < 1) throw corrupt(file, `it has tables but says layout ${version}`)
  if (version > SCHEMA_VERSION) throw refuseNewer(file, version)
  return { version }
}

/** Errors: QRT_STORAGE_CORRUPT when the table is not declared as `createSchema` declares it. */
export const assertSchema = (database: DatabaseSync, file: string): void => {
  if (objects(database) !== EXPECTED_OBJECTS) throw corrupt(file, 'its table is not declared as expected')
}
