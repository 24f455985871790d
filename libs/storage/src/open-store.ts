import type { DatabaseSync } from 'node:sqlite'
import type { Store } from '@quorate/contracts'
import { createCheckpointer } from './checkpointer.ts'
import { loadCount } from './commit-counter.ts'
import { MARK_EVERY_MS, type CommitMark } from './commit-mark.ts'
import { connect } from './connection.ts'
import { assertSchema, createSchema, inspectVersion, migrate, MIGRATIONS } from './schema.ts'
import { createSqliteStore } from './sqlite-store.ts'
import { createStatements, type Statements } from './statements.ts'
import { alreadyRunning, isBusy, translate } from './storage-errors.ts'
import { assertNotBehind, prepareFiles, storeFiles, type StoreFiles } from './store-files.ts'
import { noLog, type StorageLog } from './storage-log.ts'
import { verifyRows, verifyStructure } from './verify.ts'

export interface StoreInit {
  /** Holds `store.db`, its log and its mark. Made with mode 0700 when missing. */
  readonly directory: string
  /** Spaces too large to verify at each open; their rows are verified when they are read. */
  readonly lazySpaces?: readonly string[]
  /** How far the commit mark may lag, ms (commit-mark.ts). Default 20; 0 writes it after every commit. */
  readonly markEveryMs?: number
  readonly onLog?: StorageLog
}

interface Opening {
  readonly files: StoreFiles
  readonly mark: CommitMark
  readonly lazySpaces: readonly string[]
  readonly onLog: StorageLog
}

/** Brings an intact file to this version's layout; makes the layout in an empty one. */
const prepareSchema = (database: DatabaseSync, { files, mark, onLog }: Opening): void => {
  const { version } = inspectVersion(database, files.database)
  verifyStructure(database, files.database)
  if (version === 0) {
    assertNotBehind(files, 0, mark)
    createSchema(database)
  } else if (migrate(database, version, MIGRATIONS) !== version)
    onLog({ level: 'info', message: 'migrated the store', details: { file: files.database, from: version } })
  assertSchema(database, files.database)
}

/** Brings the mark up to the store that it vouches for; it lags after a power cut. */
const renewMark = (count: number, { files, mark, onLog }: Opening): void => {
  if (mark.last === undefined && count > 0)
    onLog({
      level: 'warn',
      message: 'the commit mark was missing or damaged',
      details: { file: files.mark, count }
    })
  mark.write(count)
}

const verify = (statements: Statements, opening: Opening): number => {
  const { files, lazySpaces, onLog } = opening
  const count = loadCount(statements, files.database)
  assertNotBehind(files, count, opening.mark)
  const rows = verifyRows(statements, files.database, lazySpaces)
  onLog({
    level: 'info',
    message: 'verified the store',
    details: { file: files.database, commits: count, rows }
  })
  return count
}

const openDatabase = (database: DatabaseSync, opening: Opening): Store => {
  const { files, mark } = opening
  prepareSchema(database, opening)
  const statements = createStatements(database)
  const count = verify(statements, opening)
  const checkpointer = createCheckpointer(database, mark)
  renewMark(count, opening)
  checkpointer.flush()
  return createSqliteStore({ file: files.database, database, statements, mark, checkpointer, count })
}

const connectAndOpen = (opening: Opening): Store => {
  const database = connect(opening.files.database)
  try {
    return openDatabase(database, opening)
  } catch (error) {
    database.close()
    throw error
  }
}

const open = (files: StoreFiles, init: StoreInit): Store => {
  const { lazySpaces = [], onLog = noLog, markEveryMs = MARK_EVERY_MS } = init
  const mark = prepareFiles(files, { onLog, markEveryMs })
  try {
    return connectAndOpen({ files, mark, lazySpaces, onLog })
  } catch (error) {
    mark.close()
    throw error
  }
}

const refusal = ({ directory, database }: StoreFiles, error: unknown): unknown => {
  if (isBusy(error)) return alreadyRunning(directory, undefined, error)
  return translate(database, error)
}

/**
 * Opens the store of a home, or makes it; takes it for this connection alone until `close` or the end of the process.
 *
 * Verified before it returns: the log (see `scanWal`), the structure of the file, the check of every row outside of
 * `lazySpaces`, and that no acknowledged commit is missing. Bounds: about 7 us per row.
 * Errors: QRT_STORAGE_CORRUPT, QRT_STORAGE_VERSION, QRT_STORAGE_FAILED, QRT_ALREADY_RUNNING. Nothing is repaired silently.
 */
export const openStore = (init: StoreInit): Store => {
  const files = storeFiles(init.directory)
  try {
    return open(files, init)
  } catch (error) {
    throw refusal(files, error)
  }
}
