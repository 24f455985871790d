import { describe, expect, it } from 'vitest'
import { createPrng } from '../../src/index.ts'

describe('the seeded generator', () => {
  it('gives these numbers for this seed, for ever: recorded seeds replay', () => {
    const prng = createPrng(42)
    expect(Array.from({ length: 5 }, () => prng.uint32())).toEqual(GOLDEN)
  })

  it('gives each seed its own numbers', () => {
    const firsts = new Set(Array.from({ length: 1000 }, (_, seed) => createPrng(seed).uint32()))
    expect(firsts.size).toBe(1000)
  })

  it('stays inside the bounds of int, and reaches both', () => {
    const prng = createPrng(1)
    const drawn = new Set(Array.from({ length: 1000 }, () => prng.int(-2, 3)))
    expect([...drawn].toSorted((a, b) => a - b)).toEqual([-2, -1, 0, 1, 2, 3])
  })

  it('is about uniform', () => {
    const prng = createPrng(7)
    const counts = Array.from({ length: 10 }, () => 0)
    for (let i = 0; i < 100_000; i++) {
      const drawn = prng.int(0, 9)
      counts[drawn] = (counts[drawn] ?? 0) + 1
    }
    expect(counts.filter(count => Math.abs(count - 10_000) > 500)).toEqual([])
  })

  it('takes chances in ppm', () => {
    const prng = createPrng(3)
    const hits = Array.from({ length: 100_000 }, () => prng.chance(250_000)).filter(Boolean).length
    expect(Math.abs(hits - 25_000)).toBeLessThan(1_000)
    expect([prng.chance(0), prng.chance(1_000_000)]).toEqual([false, true])
  })

  it('shuffles without losing anything and without touching its argument', () => {
    const items = Object.freeze([1, 2, 3, 4, 5])
    const shuffled = createPrng(5).shuffle(items)
    expect(shuffled.toSorted((a, b) => a - b)).toEqual(items)
    expect(createPrng(5).shuffle(items)).toEqual(shuffled)
  })

  it('picks every item at some time', () => {
    const prng = createPrng(9)
    expect(new Set(Array.from({ length: 200 }, () => prng.pick(['a', 'b', 'c'])))).toEqual(
      new Set(['a', 'b', 'c'])
    )
  })
})

const GOLDEN = [660_444_221, 3_652_823_732, 77_672_526, 910_233_633, 2_297_337_756]
