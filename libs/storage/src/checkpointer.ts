import type { DatabaseSync } from 'node:sqlite'
import type { StoreOp } from '@quorate/contracts'
import { PAGE_BYTES } from './connection.ts'
import type { CommitMark } from './commit-mark.ts'

/** Moves the log into the main file in time, and tells when that fails. */
export interface Checkpointer {
  /** Counts a commit; checkpoints when about 1,000 pages (4 MiB) have been logged. Errors: those of node:sqlite. */
  committed(ops: readonly StoreOp[]): void
  /** Checkpoints now and empties the log. */
  flush(): void
}

const PAGES_MAX = 1000
/** A table leaf and an index leaf. */
const PAGES_PER_ROW = 2

const pagesOf = (op: StoreOp): number =>
  PAGES_PER_ROW + (op.type === 'put' ? Math.floor(op.value.length / PAGE_BYTES) : 0)

/**
 * A commit logs each page once, so a large batch is overestimated; that only makes checkpoints come earlier.
 * The mark is synced with each checkpoint: what it lags by after a power cut is at most what one log holds.
 */
export const createCheckpointer = (database: DatabaseSync, mark: CommitMark): Checkpointer => {
  const passive = database.prepare('PRAGMA wal_checkpoint(PASSIVE)')
  let pages = 0
  const run = (): void => {
    passive.get()
    mark.sync()
    pages = 0
  }
  return {
    committed: ops => {
      pages = ops.reduce((sum, op) => sum + pagesOf(op), pages + PAGES_PER_ROW)
      if (pages >= PAGES_MAX) run()
    },
    flush: () => {
      database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
      mark.sync()
    }
  }
}
