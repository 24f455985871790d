import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DEDUPE_MODULE, DEDUPE_WINDOW, isExecuted, markExecuted } from '../../src/dedupe.ts'
import { createStateLayer } from '../../src/index.ts'

const setUp = () => {
  const layer = createStateLayer()
  return {
    mark: (counter: number, author = 'a') => markExecuted(layer.writer(DEDUPE_MODULE), author, counter),
    has: (counter: number, author = 'a') => isExecuted(layer.reader(DEDUPE_MODULE), author, counter),
    size: () => JSON.stringify(layer.reader(DEDUPE_MODULE).get('a')).length
  }
}

describe('the dedupe window', () => {
  it('tells exactly which counters were executed, in any order, as far as it reaches (C12)', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 3_000 }), { maxLength: 200 }), counters => {
        const { mark, has } = setUp()
        const executed = new Set<number>()
        let newest = 0
        for (const counter of counters) {
          const tooOld = counter <= newest - DEDUPE_WINDOW
          expect(has(counter)).toBe(tooOld || executed.has(counter))
          if (has(counter)) continue
          mark(counter)
          executed.add(counter)
          newest = Math.max(newest, counter)
          expect(has(counter)).toBe(true)
        }
      })
    )
  })

  it('never takes a counter twice (C12)', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 2_500 }), { maxLength: 300 }), counters => {
        const { mark, has } = setUp()
        const times = new Map<number, number>()
        for (const counter of counters) {
          if (has(counter)) continue
          mark(counter)
          times.set(counter, (times.get(counter) ?? 0) + 1)
        }
        expect([...times.values()].every(count => count === 1)).toBe(true)
      })
    )
  })

  it('counts what fell out of the window as executed (C12)', () => {
    const { mark, has } = setUp()
    mark(5_000)
    expect([has(1), has(5_000 - DEDUPE_WINDOW), has(5_001 - DEDUPE_WINDOW)]).toEqual([true, true, false])
  })

  it('stays small when counters come without gaps, and with every second one missing', () => {
    const dense = setUp()
    for (let counter = 1; counter <= 5_000; counter++) dense.mark(counter)
    expect(dense.size()).toBeLessThan(20)
    const sparse = setUp()
    for (let counter = 1; counter <= 10_000; counter += 2) sparse.mark(counter)
    expect(sparse.size()).toBeLessThan(DEDUPE_WINDOW * 10)
  })

  it('keeps authors apart', () => {
    const { mark, has } = setUp()
    mark(1, 'a')
    expect([has(1, 'a'), has(1, 'b')]).toEqual([true, false])
  })
})
