import type { Clock, NodeEvent, Store, StoreOp, TimeMs } from '@quorate/contracts'
import type { EventLog, LoggedEvent } from './event-log.ts'
import type { External } from './router.ts'

/** Turns of the loop that shared operations wait at the most for others to share their transaction. */
const TURNS_MAX = 4
/** How long operations wait at the most that nobody waits for. */
export const LINGER_MS = 25
/** Lazy operations that wait at the most. */
const OPS_MAX = 4_096

/**
 * What has to become durable, in order. A batch with operations that something sent depends on is written at once, with
 * all that waits. A batch with shared operations or durable events waits a turn of the loop, so that under load several
 * batches share one fsync; while nothing else comes, that turn is the next moment. Operations of the kind `whenever`
 * go along with any other, or after LINGER_MS.
 */
export interface Outbox {
  /** Takes the batch's operations and events in; gives the events that need not wait for anything. */
  add(batch: readonly External[]): readonly LoggedEvent[]
  /** Must it be written before anything of the batch is sent, or has it waited long enough? */
  mustWrite(idle: boolean): boolean
  /** One transaction, one fsync. Gives the events that may be told now. */
  write(): readonly LoggedEvent[]
  /** When to look again: now, at a time, or not at all. */
  due(): 'soon' | TimeMs | undefined
}

export const createOutbox = (store: Store, log: EventLog, clock: Clock): Outbox => {
  let ops: StoreOp[] = []
  let events: NodeEvent[] = []
  let [urgent, shared, added, turns] = [false, false, false, 0]
  let since: TimeMs | undefined

  const take = ({ effect }: External): void => {
    if (effect.type === 'notify' && effect.event.durable) shared = true
    if (effect.type !== 'persist') return
    ops.push(...effect.ops)
    urgent ||= effect.lazy === undefined
    shared ||= effect.lazy === 'shared'
    since ??= clock.now()
  }

  return {
    add: batch => {
      added = batch.length > 0
      for (const external of batch) take(external)
      const told = batch.flatMap(({ effect }) => (effect.type === 'notify' ? [effect.event] : []))
      if (!urgent && !shared) return log.append(told, clock.now()).logged
      events.push(...told)
      return []
    },
    mustWrite: idle => {
      if (urgent || ops.length > OPS_MAX) return true
      // A turn in which nothing came: there is nobody to share with.
      if (shared) return ++turns > TURNS_MAX || (idle && !added)
      return since !== undefined && clock.now() - since >= LINGER_MS
    },
    write: () => {
      const appended = log.append(events, clock.now())
      const all = [...ops, ...appended.ops]
      if (all.length > 0) store.commit(all)
      ;[ops, events, since] = [[], [], undefined]
      ;[urgent, shared, turns] = [false, false, 0]
      return appended.logged
    },
    due: () => (shared ? 'soon' : since === undefined ? undefined : since + LINGER_MS)
  }
}
