/** A binary heap: takes items in any order, gives the least first. */
export interface Heap<T> {
  readonly push: (item: T) => void
  readonly pop: () => T | undefined
}

export const createHeap = <T>(isLess: (a: T, b: T) => boolean): Heap<T> => {
  const items: T[] = []

  const swap = (i: number, j: number): void => {
    const item = items[i] as T
    items[i] = items[j] as T
    items[j] = item
  }

  const less = (i: number, j: number): boolean => isLess(items[i] as T, items[j] as T)

  const sink = (start: number): void => {
    for (let i = start; ;) {
      const [left, right] = [2 * i + 1, 2 * i + 2]
      let least = i
      if (left < items.length && less(left, least)) least = left
      if (right < items.length && less(right, least)) least = right
      if (least === i) return
      swap(i, least)
      i = least
    }
  }

  return {
    push: item => {
      let i = items.push(item) - 1
      for (let parent = (i - 1) >> 1; i > 0 && less(i, parent); parent = (i - 1) >> 1) {
        swap(i, parent)
        i = parent
      }
    },
    pop: () => {
      const first = items[0]
      const last = items.pop()
      if (items.length > 0) {
        items[0] = last as T
        sink(0)
      }
      return first
    }
  }
}
