import type { Batch, Entry, StoreOp, StoreReader } from '@quorate/contracts'
import { concatBytes, encodeCbor, equalBytes, fromHex, isDigest } from '@quorate/core'
import { SPACES, numberKey, stored } from './records.ts'

/** Bytes of an id that the index of a bulk batch keeps; the entry itself settles the rare collision. */
const PREFIX_BYTES = 8
/** Rows read at a time when bulk ids are searched. */
const PAGE = 256

type IdOf = (entry: Entry) => string

/**
 * How entries are found by the id of their object. One that came alone has a row of its own. Entries that came in bulk
 * would cost a random write each, so their batch has one row with the beginnings of all its ids, which is searched from
 * the newest batch on: a look-up reads 8 bytes for each entry of the bulk batches.
 */
export const idOps = ({ header, submissions }: Batch, idOf: IdOf): StoreOp[] => {
  const ops: StoreOp[] = []
  const prefixes: Uint8Array[] = []
  let [sequence, bulk] = [header.base, false]
  for (const { entries } of submissions) {
    if (entries.length > 1) bulk = true
    for (const entry of entries) {
      sequence += 1
      const id = idOf(entry)
      prefixes.push(prefixOf(id))
      if (entries.length === 1) ops.push(idOp(id, sequence))
    }
  }
  if (bulk)
    ops.push({
      type: 'put',
      space: SPACES.bulkIds,
      key: numberKey(header.seq),
      value: concatBytes(...prefixes)
    })
  return ops
}

const idOp = (id: string, sequence: number): StoreOp => ({
  type: 'put',
  space: SPACES.ids,
  key: id,
  value: encodeCbor([sequence])
})

/** An id that is no digest (an agent's address) takes its place in the row too, but is not found by it. */
const prefixOf = (id: string): Uint8Array =>
  isDigest(id) ? fromHex(id).subarray(0, PREFIX_BYTES) : new Uint8Array(PREFIX_BYTES)

/** Where an entry may be: the batch and its position there. */
export interface Candidate {
  readonly seq: number
  readonly position: number
}

/** The ledger sequence of an entry that came alone. */
export const findId = (store: StoreReader, id: string): number | undefined => {
  const bytes = store.get(SPACES.ids, id)
  return bytes && (stored(bytes)[0] as number)
}

/** Entries of bulk batches whose id begins alike, newest batch first. */
export const findBulk = function* (store: StoreReader, id: string): Generator<Candidate> {
  if (!isDigest(id)) return
  const prefix = prefixOf(id)
  for (let to = '~'; ;) {
    const rows = store.range(SPACES.bulkIds, { to, limit: PAGE, reverse: true })
    for (const { key, value } of rows) {
      for (let at = 0; at < value.length; at += PREFIX_BYTES) {
        if (equalBytes(value.subarray(at, at + PREFIX_BYTES), prefix))
          yield { seq: Number(key), position: at / PREFIX_BYTES }
      }
    }
    const last = rows.at(-1)
    if (!last || rows.length < PAGE) return
    to = last.key
  }
}
