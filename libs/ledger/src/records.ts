import type {
  Batch,
  CborValue,
  CommitCertificate,
  Digest,
  RawBatch,
  StoreOp,
  StoreReader,
  StoreRow
} from '@quorate/contracts'
import { decodeCbor, encodeCbor, encodeHeader, invariant } from '@quorate/core'
import type { Head } from './application.ts'
import { createStateLayer, type StateLayer, type StateWrite } from './state-layer.ts'

/** Spaces of the store that the ledger owns. State and head are bounded; the others grow with history. */
export const SPACES = {
  /** padded seq -> [header, view, epoch, votes, submission frames] */
  batches: 'ledger/batch',
  /** padded ledger sequence of a batch's first entry -> seq */
  firsts: 'ledger/first',
  /** id of an entry's object -> ledger sequence of the first entry that has it (ids.ts) */
  ids: 'ledger/id',
  /** padded seq -> the first bytes of the ids of its entries, for batches with bulk submissions (ids.ts) */
  bulkIds: 'ledger/bulk-id',
  /** 'head' -> [seq, digest, time, entries] */
  head: 'ledger/head',
  /** module \0 key -> value */
  state: 'ledger/state'
} as const

const DIGITS = 16

/** Numbers as keys whose text order is the numbers' order. */
export const numberKey = (value: number): string => value.toString().padStart(DIGITS, '0')

/** What a row of the store must be; a row that is not is our bug or a damaged disk that the checksums missed. */
export const stored = (bytes: Uint8Array): readonly CborValue[] => {
  const value = decodeCbor(bytes)
  invariant(Array.isArray(value), 'a stored ledger row is not readable')
  return value
}

export const batchOps = (batch: Batch, certificate: CommitCertificate): StoreOp[] => {
  const { header, submissions } = batch
  const value = encodeCbor([
    encodeHeader(header),
    certificate.view,
    certificate.epoch,
    certificate.votes,
    submissions.map(({ frame }) => frame)
  ])
  const ops: StoreOp[] = [{ type: 'put', space: SPACES.batches, key: numberKey(header.seq), value }]
  if (header.count > 0) {
    ops.push({
      type: 'put',
      space: SPACES.firsts,
      key: numberKey(header.base + 1),
      value: encodeCbor([header.seq])
    })
  }
  return ops
}

export const loadBatch = (store: StoreReader, seq: number): RawBatch | undefined => {
  const bytes = store.get(SPACES.batches, numberKey(seq))
  if (!bytes) return undefined
  const [header, view, epoch, votes, submissions] = stored(bytes) as [
    Uint8Array,
    number,
    number,
    Uint8Array[],
    Uint8Array[]
  ]
  return { header, submissions, certificate: { view, epoch, votes } }
}

/** The sequence number of the batch that holds the entry, or undefined when the ledger is not that long. */
export const findBatch = (store: StoreReader, sequence: number): number | undefined => {
  const [row] = store.range(SPACES.firsts, { to: numberKey(sequence + 1), limit: 1, reverse: true })
  return row && (stored(row.value)[0] as number)
}

const stateKey = (write: Pick<StateWrite, 'module' | 'key'>): string => `${write.module}\0${write.key}`

export const stateOps = (writes: readonly StateWrite[]): StoreOp[] =>
  writes.map(write =>
    write.value === undefined
      ? { type: 'delete', space: SPACES.state, key: stateKey(write) }
      : { type: 'put', space: SPACES.state, key: stateKey(write), value: encodeCbor(write.value) }
  )

export const headOp = (head: Head): StoreOp => ({
  type: 'put',
  space: SPACES.head,
  key: 'head',
  value: encodeCbor([head.seq, head.digest, head.time, head.entries])
})

export const loadHead = (store: StoreReader): Head | undefined => {
  const bytes = store.get(SPACES.head, 'head')
  if (!bytes) return undefined
  const [seq, digest, time, entries] = stored(bytes) as [number, Digest, number, number]
  return { seq, digest, time, entries }
}

export const loadState = (store: StoreReader): StateLayer => {
  const layer = createStateLayer()
  for (const row of store.range(SPACES.state)) loadRow(layer, row)
  return layer
}

const loadRow = (layer: StateLayer, row: StoreRow): void => {
  const split = row.key.indexOf('\0')
  const value = decodeCbor(row.value)
  invariant(value !== undefined && split > 0, 'a stored state row is not readable')
  layer.writer(row.key.slice(0, split)).put(row.key.slice(split + 1), value)
}
