import { DatabaseSync } from 'node:sqlite'

/** Page size of new stores, in bytes. */
export const PAGE_BYTES = 4096
/** After a big transaction the log is cut back to this many bytes. */
const WAL_BYTES_KEPT = 16 * 1024 * 1024

/** Pages kept in memory, in KiB. */
const CACHE_KIB = 8 * 1024

/**
 * What makes a commit durable and the file ours alone:
 * FULL syncs the log at each commit, fullfsync asks macOS to mean it; EXCLUSIVE takes the kernel's lock on the file (freed
 * with the process) and needs no shared-memory index; checkpoints are ours (`createCheckpointer`), because those that
 * SQLite runs by itself hide their errors.
 */
const PRAGMAS = [
  `page_size = ${PAGE_BYTES}`,
  'locking_mode = EXCLUSIVE',
  'journal_mode = WAL',
  'synchronous = FULL',
  'fullfsync = 1',
  'checkpoint_fullfsync = 1',
  'wal_autocheckpoint = 0',
  `journal_size_limit = ${WAL_BYTES_KEPT}`,
  `cache_size = -${CACHE_KIB}`,
  'trusted_schema = 0',
  'cell_size_check = 1'
]

/** Opens the file and takes it. Errors: those of node:sqlite; busy when another connection holds it. */
export const connect = (path: string): DatabaseSync => {
  const database = new DatabaseSync(path, { timeout: 0, enableForeignKeyConstraints: false })
  try {
    for (const pragma of PRAGMAS) database.prepare(`PRAGMA ${pragma}`).all()
    return database
  } catch (error) {
    database.close()
    throw error
  }
}
