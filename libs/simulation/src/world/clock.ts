import type { Clock, TimeMs } from '@quorate/contracts'

/** Something that will happen at a virtual time. Events of the same time happen in the order of their making. */
interface Happening {
  readonly atMs: TimeMs
  readonly order: number
  readonly work: () => void
  cancelled: boolean
}

/** Virtual time: one queue of happenings for the whole cluster. Nothing happens but by `step`. */
export interface World {
  now(): TimeMs
  at(atMs: TimeMs, work: () => void): () => void
  /** Lets the next happening happen. False when none is left. */
  step(): boolean
  /** A clock for one node, off by `skewMs`. */
  clock(skewMs: number): Clock
}

export const createWorld = (startMs: TimeMs): World => {
  const heap: Happening[] = []
  let [now, made] = [startMs, 0]

  const earlier = (a: Happening, b: Happening): boolean =>
    a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order)

  const swap = (i: number, j: number): void => {
    ;[heap[i], heap[j]] = [heap[j] as Happening, heap[i] as Happening]
  }

  const push = (happening: Happening): void => {
    heap.push(happening)
    let i = heap.length - 1
    for (
      let parent = (i - 1) >> 1;
      i > 0 && earlier(heap[i] as Happening, heap[parent] as Happening);
      parent = (i - 1) >> 1
    ) {
      swap(i, parent)
      i = parent
    }
  }

  const pop = (): Happening | undefined => {
    const first = heap[0]
    const last = heap.pop()
    if (!first || !last || first === last) return first
    heap[0] = last
    for (let i = 0; ;) {
      const [left, right] = [2 * i + 1, 2 * i + 2]
      let least = i
      if (left < heap.length && earlier(heap[left] as Happening, heap[least] as Happening)) least = left
      if (right < heap.length && earlier(heap[right] as Happening, heap[least] as Happening)) least = right
      if (least === i) return first
      swap(i, least)
      i = least
    }
  }

  const at = (atMs: TimeMs, work: () => void): (() => void) => {
    const happening: Happening = { atMs: Math.max(atMs, now), order: made++, work, cancelled: false }
    push(happening)
    return () => {
      happening.cancelled = true
    }
  }

  return {
    now: () => now,
    at,
    step: () => {
      for (let next = pop(); next; next = pop()) {
        if (next.cancelled) continue
        now = next.atMs
        next.work()
        return true
      }
      return false
    },
    clock: skewMs => ({
      now: () => now + skewMs,
      at: (atMs, callback) => at(atMs - skewMs, callback),
      soon: callback => void at(now, callback)
    })
  }
}
