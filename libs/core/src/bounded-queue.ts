/** A first-in first-out queue with a bound on its items; a push past the bound is refused, never silent. */
export interface BoundedQueue<T> {
  readonly size: number
  /** False when the queue is full; the item was not taken. */
  push(item: T): boolean
  /** Takes up to `max` items, oldest first. */
  take(max: number): T[]
}

export const createBoundedQueue = <T>(itemsMax: number): BoundedQueue<T> => {
  let items: T[] = []
  let head = 0
  const compact = (): void => {
    items = items.slice(head)
    head = 0
  }
  return {
    get size() {
      return items.length - head
    },
    push(item) {
      if (items.length - head >= itemsMax) return false
      items.push(item)
      return true
    },
    take(max) {
      const taken = items.slice(head, head + max)
      head += taken.length
      if (head > 1024 || head === items.length) compact()
      return taken
    }
  }
}
