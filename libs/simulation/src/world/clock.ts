import type { Clock, TimeMs } from '@quorate/contracts'
import { createHeap } from './heap.ts'

/** Something that will happen at a virtual time. Events of the same time happen in the order of their making. */
interface Happening {
  readonly atMs: TimeMs
  readonly order: number
  readonly work: () => void
  cancelled: boolean
}

/** How one node lives time; read whenever the node looks at its clock, so that both may change while it runs. */
export interface Pace {
  /** How far the node's clock is off. */
  readonly skewMs: number
  /** How long the node takes before it turns to what has come in: 0 for a node that keeps up. */
  readonly slowMs: number
}

/** Virtual time: one queue of happenings for the whole cluster. Nothing happens but by `step`. */
export interface World {
  readonly now: () => TimeMs
  readonly at: (atMs: TimeMs, work: () => void) => () => void
  /** Lets the next happening happen. False when none is left. */
  readonly step: () => boolean
  /** The clock of a node that lives at that pace. */
  readonly clock: (pace: Pace) => Clock
}

const isEarlier = (a: Happening, b: Happening): boolean =>
  a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order)

export const createWorld = (startMs: TimeMs): World => {
  const queue = createHeap(isEarlier)
  let [now, made] = [startMs, 0]

  const at = (atMs: TimeMs, work: () => void): (() => void) => {
    const happening: Happening = { atMs: Math.max(atMs, now), order: made++, work, cancelled: false }
    queue.push(happening)
    return () => {
      happening.cancelled = true
    }
  }

  return {
    now: () => now,
    at,
    step: () => {
      for (let next = queue.pop(); next; next = queue.pop()) {
        if (next.cancelled) continue
        now = next.atMs
        next.work()
        return true
      }
      return false
    },
    clock: pace => ({
      now: () => now + pace.skewMs,
      at: (atMs, callback) => at(atMs - pace.skewMs, callback),
      soon: callback => void at(now + pace.slowMs, callback)
    })
  }
}
