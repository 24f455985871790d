import type { DatabaseSync } from 'node:sqlite'
import { QuorateError, type Store, type StoreOp, type StoreRow } from '@quorate/contracts'
import type { Checkpointer } from './checkpointer.ts'
import { countOp } from './commit-counter.ts'
import type { CommitMark } from './commit-mark.ts'
import { createFaultLatch, type FaultLatch } from './fault-latch.ts'
import { decodeKey } from './key-codec.ts'
import type { StoredRow } from './row-check.ts'
import { intactRow, type RawRow, type Statements } from './statements.ts'
import { assertNotReserved, transact } from './transaction.ts'
import { damagedRow } from './verify.ts'

export interface SqliteStoreDeps {
  readonly file: string
  readonly database: DatabaseSync
  readonly statements: Statements
  readonly mark: CommitMark
  readonly checkpointer: Checkpointer
  /** Commits that the file holds. */
  readonly count: number
}

const createCommit = ({ database, statements, mark, checkpointer, count }: SqliteStoreDeps) => {
  let last = count
  return (ops: readonly StoreOp[]): void => {
    if (ops.length === 0) return
    assertNotReserved(ops)
    transact(database, statements, [...ops, countOp(last + 1)])
    last++
    mark.write(last)
    checkpointer.committed(ops)
  }
}

const verified = (file: string, row: RawRow): StoredRow => {
  const intact = intactRow(row)
  if (intact === undefined) throw damagedRow(file, row)
  return intact
}

const toStoreRow = ({ key, value }: StoredRow): StoreRow => ({ key: decodeKey(key), value })

const release = ({ database, mark }: SqliteStoreDeps): void => {
  mark.close()
  database.close()
}

/** A second call does nothing. Errors: QRT_STORAGE_FAILED when the last checkpoint fails; the commits are safe in the log. */
const close = (deps: SqliteStoreDeps, latch: FaultLatch): void => {
  if (!deps.database.isOpen) return
  try {
    if (!latch.hasFailed()) latch.run(() => deps.checkpointer.flush())
  } finally {
    release(deps)
  }
}

/** The Store over an opened and verified file. Each row's check is verified when it is read. */
export const createSqliteStore = (deps: SqliteStoreDeps): Store => {
  const { file, database, statements } = deps
  const latch = createFaultLatch(file)
  const commit = createCommit(deps)
  const run = <T>(step: () => T): T => {
    if (!database.isOpen) throw new QuorateError('QRT_STARTING', `The store ${file} is closed.`)
    return latch.run(step)
  }
  const read = (space: string, key: string): Uint8Array | undefined => {
    const row = statements.get(space, key)
    return row === undefined ? undefined : verified(file, row).value
  }
  return {
    get: (space, key) => run(() => read(space, key)),
    range: (space, options = {}) =>
      run(() => statements.range(space, options).map(row => toStoreRow(verified(file, row)))),
    commit: ops => run(() => commit(ops)),
    close: () => close(deps, latch)
  }
}
