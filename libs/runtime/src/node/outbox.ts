import type { Clock, NodeEvent, Store, StoreOp } from '@quorate/contracts'
import type { EventLog, LoggedEvent } from './event-log.ts'
import type { External } from './router.ts'

/** Turns of the loop that lazy operations wait at the most for others to share their transaction. */
const TURNS_MAX = 4
/** Lazy operations that wait at the most. */
const OPS_MAX = 4_096

/**
 * What has to become durable, in order. A batch with operations that something sent depends on is written at once, with
 * all that waits; a batch with lazy operations or events alone waits a turn of the loop, so that under load several
 * batches share one fsync. While nothing else comes, that turn is the next moment.
 */
export interface Outbox {
  add(batch: readonly External[]): void
  /** Must it be written before anything of the batch is sent, or has it waited long enough? */
  mustWrite(idle: boolean): boolean
  /** One transaction, one fsync. Gives the events that may be told now. */
  write(): readonly LoggedEvent[]
  waits(): boolean
}

export const createOutbox = (store: Store, log: EventLog, clock: Clock): Outbox => {
  let ops: StoreOp[] = []
  let events: NodeEvent[] = []
  let [urgent, turns, added] = [false, 0, false]

  const take = ({ effect }: External): void => {
    if (effect.type === 'notify') events.push(effect.event)
    if (effect.type === 'persist') {
      ops.push(...effect.ops)
      urgent ||= effect.lazy !== true
    }
  }

  const waits = (): boolean => ops.length > 0 || events.length > 0

  return {
    waits,
    add: batch => {
      added = batch.length > 0
      for (const external of batch) take(external)
    },
    mustWrite: idle => {
      if (!waits()) return false
      turns += 1
      // A turn in which nothing came: there is nobody to share with.
      return urgent || turns > TURNS_MAX || ops.length > OPS_MAX || (idle && !added)
    },
    write: () => {
      const appended = log.append(events, clock.now())
      const all = [...ops, ...appended.ops]
      if (all.length > 0) store.commit(all)
      ;[ops, events] = [[], []]
      ;[urgent, turns] = [false, 0]
      return appended.logged
    }
  }
}
