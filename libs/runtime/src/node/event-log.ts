import type { CborValue, NodeEvent, StoreOp, StoreReader, TimeMs } from '@quorate/contracts'
import { decodeCbor, encodeCbor } from '@quorate/core'

/** An event as subscribers see it. `cursor` is null for events that are not durable. */
export interface LoggedEvent {
  readonly cursor: number | null
  readonly type: string
  /** Local time at which the node wrote it. */
  readonly atMs: TimeMs
  readonly data: CborValue
}

const SPACE = 'node/event'

/** Older events are dropped in steps; a subscriber that comes too late is told of the gap. */
export const EVENTS_KEPT = 10_000
const DROP_STEP = 1_000

const key = (cursor: number): string => cursor.toString().padStart(16, '0')

/** The durable log of events, numbered from 1 without gaps. Its rows are written in the transaction of their batch. */
export interface EventLog {
  append(
    events: readonly NodeEvent[],
    atMs: TimeMs
  ): { readonly logged: readonly LoggedEvent[]; readonly ops: readonly StoreOp[] }
  /** Events after the cursor, oldest first; `gap` is true when some after it are gone. */
  since(cursor: number, limit: number): { readonly events: readonly LoggedEvent[]; readonly gap: boolean }
  last(): number
}

export const createEventLog = (store: StoreReader): EventLog => {
  const newest = store.range(SPACE, { reverse: true, limit: 1 })[0]
  let last = newest ? Number(newest.key) : 0

  const log = (event: NodeEvent, atMs: TimeMs, ops: StoreOp[]): LoggedEvent => {
    const cursor = ++last
    ops.push({
      type: 'put',
      space: SPACE,
      key: key(cursor),
      value: encodeCbor([event.type, atMs, event.data])
    })
    const dropTo = cursor - EVENTS_KEPT
    if (cursor % DROP_STEP === 0 && dropTo > 0)
      ops.push({ type: 'delete-range', space: SPACE, from: '', to: key(dropTo) })
    return { cursor, type: event.type, atMs, data: event.data }
  }

  return {
    append: (events, atMs) => {
      const ops: StoreOp[] = []
      const logged = events.map(event =>
        event.durable ? log(event, atMs, ops) : { cursor: null, type: event.type, atMs, data: event.data }
      )
      return { logged, ops }
    },
    since: (cursor, limit) => {
      const rows = store.range(SPACE, { from: key(cursor + 1), limit })
      const events = rows.map(row => {
        const [type, atMs, data] = decodeCbor(row.value) as [string, number, CborValue]
        return { cursor: Number(row.key), type, atMs, data }
      })
      const first = store.range(SPACE, { limit: 1 })[0]
      // A cursor that was never given out is of another log: what it stands for is not here either.
      return { events, gap: cursor > last || (first !== undefined && cursor + 1 < Number(first.key)) }
    },
    last: () => last
  }
}
