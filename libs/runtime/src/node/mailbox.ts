import { createBoundedQueue } from '@quorate/core'
import type { Addressed } from './router.ts'

/** Inputs that wait; past this, messages are ignored and commands refused. */
export const MAILBOX_MAX = 16_384
/** Bytes of frames that wait; a flood of large frames must not become a node without memory. */
export const MAILBOX_BYTES_MAX = 64 * 1024 * 1024

/**
 * Inputs on their way to the machines. Messages and commands are bounded and may be refused. What the node itself has
 * arranged for is not: a timer that were lost would never be set again. There is one of each at a time, so they are few.
 */
export interface Mailbox {
  readonly size: number
  /** False when it is full; the input was not taken. */
  push(addressed: Addressed, bytes?: number): boolean
  /** Timers and connections: never refused, and taken first. */
  pushUrgent(addressed: Addressed): void
  take(inputsMax: number): Addressed[]
}

export const createMailbox = (): Mailbox => {
  const queue = createBoundedQueue<{ readonly addressed: Addressed; readonly bytes: number }>(MAILBOX_MAX)
  let urgent: Addressed[] = []
  let held = 0
  return {
    get size() {
      return urgent.length + queue.size
    },
    push: (addressed, bytes = 0) => {
      if (held + bytes > MAILBOX_BYTES_MAX || !queue.push({ addressed, bytes })) return false
      held += bytes
      return true
    },
    pushUrgent: addressed => void urgent.push(addressed),
    take: inputsMax => {
      const first = urgent
      urgent = []
      const rest = queue.take(Math.max(0, inputsMax - first.length))
      for (const { bytes } of rest) held -= bytes
      return [...first, ...rest.map(({ addressed }) => addressed)]
    }
  }
}
