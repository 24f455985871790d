import type { StoreOp } from '@quorate/contracts'
import { intactRow, type Statements } from './statements.ts'
import { damagedRow } from './verify.ts'

/** The one space that belongs to the store itself. */
export const RESERVED_SPACE = 'storage/commit'
const COUNT_KEY = 'count'

/** Written in each transaction: how many commits the store has seen. `count` is a safe integer. */
export const countOp = (count: number): StoreOp => {
  const value = new Uint8Array(8)
  new DataView(value.buffer).setBigUint64(0, BigInt(count))
  return { type: 'put', space: RESERVED_SPACE, key: COUNT_KEY, value }
}

/** Number of commits in the store; 0 in a new one. Errors: QRT_STORAGE_CORRUPT. */
export const loadCount = (statements: Statements, file: string): number => {
  const row = statements.get(RESERVED_SPACE, COUNT_KEY)
  if (row === undefined) return 0
  const value = intactRow(row)?.value
  if (value?.length !== 8) throw damagedRow(file, row)
  return Number(new DataView(value.buffer, value.byteOffset, 8).getBigUint64(0))
}
