import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createBoundedQueue } from '../../src/index.ts'

const ITEMS_MAX = 4000

/** A positive step pushes that many numbers, a negative one takes that many; the log tells what happened. */
const run = (
  steps: readonly number[],
  queue: { push(n: number): boolean; take(max: number): number[] }
): string[] => {
  let next = 0
  return steps.map(step => {
    if (step < 0) return `took ${queue.take(-step).join()}`
    let pushed = 0
    for (let i = 0; i < step; i++) pushed += queue.push(next++) ? 1 : 0
    return `pushed ${pushed}`
  })
}

const createModel = () => {
  const items: number[] = []
  return {
    push: (item: number) => items.length < ITEMS_MAX && items.push(item) > 0,
    take: (max: number) => items.splice(0, max)
  }
}

describe('a bounded queue', () => {
  it('refuses past its bound, and takes again after room was made', () => {
    const queue = createBoundedQueue<number>(2)
    expect([1, 2, 3].map(item => queue.push(item))).toEqual([true, true, false])
    expect(queue.take(1)).toEqual([1])
    expect(queue.push(4)).toBe(true)
    expect(queue.size).toBe(2)
    expect(queue.take(9)).toEqual([2, 4])
    expect(queue.take(9)).toEqual([])
  })

  it('behaves like a list, also over thousands of items', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1500, max: 1500 })), steps => {
        expect(run(steps, createBoundedQueue(ITEMS_MAX))).toEqual(run(steps, createModel()))
      }),
      { numRuns: 50 }
    )
  })
})
