import { QuorateError, type Receipt } from '@quorate/contracts'
import { batchLeaves, createReceipt, receiptSubject } from '@quorate/core'
import type { ApiNode } from './context.ts'

/** The receipt of the entry at that place of the ledger; undefined when the ledger is not that long. */
export const receiptAt = (
  { ledger, groupId }: Pick<ApiNode, 'ledger' | 'groupId'>,
  sequence: number
): Receipt | undefined => {
  const found = ledger.history.batchOf(sequence)
  if (!found) return undefined
  const { batch, certificate } = found
  const position = sequence - batch.header.base - 1
  const entry = batch.submissions.flatMap(submission => submission.entries)[position]
  const subject = entry && receiptSubject(entry)
  if (!entry || !subject) return undefined
  const leaves = batchLeaves(batch.submissions)
  return createReceipt({ ...subject, groupId, header: batch.header, leaves, position, entry, certificate })
}

export const notFound = (what: string, id: string): QuorateError =>
  new QuorateError('QRT_NOT_FOUND', `There is no ${what} ${id} here.`, { details: { id } })
