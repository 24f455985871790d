import type { DatabaseSync } from 'node:sqlite'
import type { StoreOp } from '@quorate/contracts'
import { invariant } from '@quorate/core'
import { RESERVED_SPACE } from './commit-counter.ts'
import type { Statements } from './statements.ts'

const rollBack = (database: DatabaseSync): void => {
  try {
    if (database.isTransaction) database.exec('ROLLBACK')
  } catch {
    // The error that led here is the one to tell. What is left of the transaction is dropped at the next open.
  }
}

/** Applies all operations in one transaction, synced before it returns; none of them when one throws. */
export const transact = (database: DatabaseSync, statements: Statements, ops: readonly StoreOp[]): void => {
  try {
    statements.begin()
    for (const op of ops) statements.apply(op)
    statements.commit()
  } catch (error) {
    rollBack(database)
    throw error
  }
}

/** Callers have their own spaces. */
export const assertNotReserved = (ops: readonly StoreOp[]): void =>
  invariant(!ops.some(op => op.space === RESERVED_SPACE), `the space ${RESERVED_SPACE} belongs to the store`)
