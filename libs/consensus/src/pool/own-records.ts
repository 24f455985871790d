import type { Effect, StoreOp, StoreReader } from '@quorate/contracts'
import { decodeCbor, encodeCbor } from '@quorate/core'

/** Spaces of the store that the pool owns: `own` holds own submissions by counter, `meta` the counters reserved. */
const OWN = 'pool/own'
const META = 'pool/meta'

/** Counters that a restart may skip, in exchange for one write to the disk in so many submissions. */
const COUNTERS_RESERVED = 64

const key = (counter: number): string => counter.toString().padStart(16, '0')

/** Frames of own submissions that were not settled, in the order of their counters. */
export const loadOwn = (store: StoreReader): Uint8Array[] => store.range(OWN).map(({ value }) => value)

/** Lazy: a submission promises nothing before it is ordered. */
export const saveOwn = (counter: number, frame: Uint8Array): Effect => ({
  type: 'persist',
  ops: [{ type: 'put', space: OWN, key: key(counter), value: frame }],
  lazy: 'whenever'
})

export const dropOwn = (counter: number): Effect => ({
  type: 'persist',
  ops: [{ type: 'delete', space: OWN, key: key(counter) }],
  lazy: 'whenever'
})

/** Hands out counters. They are reserved in blocks, on disk before the first of a block is used: none is used twice. */
export interface Counters {
  /** The one that comes next. */
  next(): number
  /** Uses it up; the effects have to be durable before anything that has it is sent. */
  use(): Effect[]
}

export const createCounters = (store: StoreReader): Counters => {
  const bytes = store.get(META, 'counter')
  let reserved = bytes ? (decodeCbor(bytes) as [number])[0] : 0
  let last = reserved

  const reserve = (): StoreOp => {
    reserved = last + COUNTERS_RESERVED
    return { type: 'put', space: META, key: 'counter', value: encodeCbor([reserved]) }
  }

  return {
    next: () => last + 1,
    use: () => {
      last += 1
      return last <= reserved ? [] : [{ type: 'persist', ops: [reserve()] }]
    }
  }
}
