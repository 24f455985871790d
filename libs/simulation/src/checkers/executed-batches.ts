import type { StoreOp } from '@quorate/contracts'
import { decodeCbor, decodeHeader, headerDigest, invariant } from '@quorate/core'
import { LEDGER_SPACES } from '@quorate/ledger'
import type { ExecutedBatch } from './checker.ts'

type Row = readonly [Uint8Array, number, number, Uint8Array[], Uint8Array[]]

/** The batches that a transaction executes, each with its writes: they stand between the batch's row and the head's. */
export const executedBatches = (ops: readonly StoreOp[]): ExecutedBatch[] => {
  const batches: ExecutedBatch[] = []
  let current: Omit<ExecutedBatch, 'writes'> | undefined
  let writes: StoreOp[] = []
  for (const op of ops) {
    if (op.type === 'put' && op.space === LEDGER_SPACES.batches) {
      current = readBatch(op.value)
      writes = []
    } else if (op.space === LEDGER_SPACES.state) writes.push(op)
    else if (op.space === LEDGER_SPACES.head && current) {
      batches.push({ ...current, writes })
      current = undefined
    }
  }
  return batches
}

const readBatch = (value: Uint8Array): Omit<ExecutedBatch, 'writes'> => {
  const [bytes, view, epoch, votes, submissions] = decodeCbor(value) as unknown as Row
  const header = decodeHeader(bytes)
  invariant(header, 'a node has stored a batch without a header')
  return { header, digest: headerDigest(header), view, epoch, votes, submissions }
}
