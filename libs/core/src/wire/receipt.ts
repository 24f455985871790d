import type { BatchHeader, CommitCertificate, Digest, Entry, GroupId, Receipt } from '@quorate/contracts'
import { toBase64, toHex } from '../bytes.ts'
import { decodeCbor } from '../cbor.ts'
import { sha256 } from '../hash.ts'
import { invariant } from '../invariant.ts'
import { merklePath } from '../merkle.ts'
import { encodeHeader } from './batch.ts'
import { decodeFrame } from './frame.ts'
import { DECISION_KIND, RECORD_KIND, decisionShape } from './proposal.ts'

export const RECEIPT_FORMAT = 'quorate-receipt/1'

/** The entry that awards a lot. Its body is a canonical CBOR array whose first item is the auction's id, 32 bytes. */
export const AWARD_KIND = 'auction-award'

export type ReceiptSubject = Pick<Receipt, 'kind' | 'id'>

/**
 * What a receipt of this entry is about: the proposal of a decision, the auction of an award, else the entry itself.
 * Undefined when a decision's or an award's body is not of the documented form.
 * Source: docs/protocol/wire.md, rule W82.
 */
export const receiptSubject = (
  entry: Pick<Entry, 'kind' | 'body' | 'digest'>
): ReceiptSubject | undefined => {
  switch (entry.kind) {
    case DECISION_KIND:
      return subject('decision', proposalIdOf(entry.body))
    case AWARD_KIND:
      return subject('award', firstDigestOf(entry.body))
    case RECORD_KIND:
      return { kind: 'record', id: entry.digest }
    default:
      return { kind: 'entry', id: entry.digest }
  }
}

const subject = (kind: Receipt['kind'], id: string | undefined): ReceiptSubject | undefined =>
  id === undefined ? undefined : { kind, id }

const proposalIdOf = (body: Uint8Array): Digest | undefined => {
  const value = decodeCbor(body)
  const decision = value === undefined ? undefined : decisionShape.decode(value)
  const frame = decision && decodeFrame(decision.proposal)
  return frame && sha256(frame.signedBytes)
}

const firstDigestOf = (body: Uint8Array): Digest | undefined => {
  const value = decodeCbor(body)
  const first: unknown = Array.isArray(value) ? value[0] : undefined
  return first instanceof Uint8Array && first.length === 32 ? toHex(first) : undefined
}

export interface ReceiptInit extends ReceiptSubject {
  readonly groupId: GroupId
  readonly header: BatchHeader
  /** Digests of all entries of the batch, in order: the leaves under the header's root. */
  readonly leaves: readonly Digest[]
  /** Which of the leaves is the entry's, from 0. */
  readonly position: number
  readonly entry: Entry
  readonly certificate: CommitCertificate
}

/**
 * Makes the receipt of an entry of a decided batch. Take `kind` and `id` from `receiptSubject`.
 * Errors: InvariantError when the entry is not the leaf at `position`.
 */
export const createReceipt = (init: ReceiptInit): Receipt => {
  const { header, leaves, position, entry, certificate } = init
  invariant(leaves[position] === entry.digest, 'a receipt is made of the leaf at its position')
  return {
    format: RECEIPT_FORMAT,
    kind: init.kind,
    groupId: init.groupId,
    id: init.id,
    sequence: header.base + position + 1,
    header: toBase64(encodeHeader(header)),
    entry: {
      author: entry.author,
      counter: entry.counter,
      index: entry.index,
      kind: entry.kind,
      body: toBase64(entry.body)
    },
    path: { position, siblings: merklePath(leaves, position) },
    certificate: {
      epoch: certificate.epoch,
      view: certificate.view,
      votes: certificate.votes.map(toBase64)
    }
  }
}
