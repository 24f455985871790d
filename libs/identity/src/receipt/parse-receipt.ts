import type { BatchHeader, Digest, GroupId, PeerId, Receipt } from '@quorate/contracts'
import { LIMITS, RECEIPT_FORMAT, decodeHeader, entryDigest } from '@quorate/core'
import {
  base64,
  constant,
  count,
  digestText,
  exactly,
  listOf,
  peerIdText,
  shortText,
  type Reader
} from './strict-json.ts'

interface ReceiptFields {
  readonly format: typeof RECEIPT_FORMAT
  readonly kind: Receipt['kind']
  readonly groupId: GroupId
  readonly id: string
  readonly sequence: number
  readonly header: Uint8Array
  readonly entry: {
    readonly author: PeerId
    readonly counter: number
    readonly index: number
    readonly kind: string
    readonly body: Uint8Array
  }
  readonly path: { readonly position: number; readonly siblings: readonly Digest[] }
  readonly certificate: {
    readonly epoch: number
    readonly view: number
    readonly votes: readonly Uint8Array[]
  }
}

/** A receipt whose form is right; whether it is true is not known yet. */
export interface ParsedReceipt extends Omit<ReceiptFields, 'header'> {
  readonly header: BatchHeader
  readonly entryDigest: Digest
}

/** A header is at most 6 + 2*34 + 4*9 bytes. */
const HEADER_BYTES_MAX = 128
const SIBLINGS_MAX = 52

const readFields: Reader<ReceiptFields> = exactly<ReceiptFields>({
  format: constant(RECEIPT_FORMAT),
  kind: constant('decision', 'award', 'record', 'entry'),
  groupId: digestText,
  id: digestText,
  sequence: count,
  header: base64(HEADER_BYTES_MAX),
  entry: exactly<ReceiptFields['entry']>({
    author: peerIdText,
    counter: count,
    index: count,
    kind: shortText(LIMITS.kindBytesMax),
    body: base64(LIMITS.entryBytesMax)
  }),
  path: exactly<ReceiptFields['path']>({ position: count, siblings: listOf(digestText, SIBLINGS_MAX) }),
  certificate: exactly<ReceiptFields['certificate']>({
    epoch: count,
    view: count,
    votes: listOf(base64(LIMITS.smallFrameBytesMax), LIMITS.votersMax)
  })
})

/** Undefined for anything that is not exactly a receipt's form; never throws. */
export const parseReceipt = (value: unknown): ParsedReceipt | undefined => {
  const fields = readFields(value)
  const header = fields && decodeHeader(fields.header)
  if (!fields || !header) return undefined
  return { ...fields, header, entryDigest: entryDigest(fields.entry) }
}
