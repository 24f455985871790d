import type { Digest, Submission, TimeMs } from '@quorate/contracts'
import type { Pending } from './pending.ts'

/** Limits of one batch. */
export interface Room {
  readonly entriesMax: number
  readonly bytesMax: number
}

/** What could be proposed at once: how much it is, and since when the first of it waits. */
export interface ReadyLoad {
  readonly entries: number
  readonly bytes: number
  readonly since: TimeMs | undefined
}

/** Submissions that are in no batch, in order, with their totals at hand: looked at in every step. */
export interface ReadyQueue {
  add(pending: Pending): void
  remove(digest: Digest): void
  /** From the front, as much as one batch takes. */
  take(room: Room): Submission[]
  load(): ReadyLoad
}

export const createReadyQueue = (): ReadyQueue => {
  const queue = new Map<Digest, Pending>()
  let [entries, bytes] = [0, 0]

  const account = ({ submission }: Pending, sign: 1 | -1): void => {
    entries += sign * submission.entries.length
    bytes += sign * submission.frame.length
  }

  const remove = (digest: Digest): void => {
    const known = queue.get(digest)
    if (known && queue.delete(digest)) account(known, -1)
  }

  return {
    add: pending => {
      remove(pending.submission.digest)
      queue.set(pending.submission.digest, pending)
      account(pending, 1)
    },
    remove,
    take: room => {
      const taken: Submission[] = []
      let [entriesTaken, bytesTaken] = [0, 0]
      for (const { submission } of queue.values()) {
        taken.push(submission)
        entriesTaken += submission.entries.length
        bytesTaken += submission.frame.length
        if (entriesTaken >= room.entriesMax || bytesTaken >= room.bytesMax) break
      }
      return taken
    },
    load: () => {
      const [first] = queue.values()
      return { entries, bytes, since: first?.since }
    }
  }
}
