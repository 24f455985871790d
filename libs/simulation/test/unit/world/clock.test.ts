import { createPrng } from '@quorate/core'
import { describe, expect, it } from 'vitest'
import { createWorld } from '../../../src/world/clock.ts'
import { createHeap } from '../../../src/world/heap.ts'

describe('virtual time', () => {
  it('goes from happening to happening, those of one time in the order of their making', () => {
    const world = createWorld(100)
    const seen: string[] = []
    for (const [atMs, name] of [
      [300, 'late'],
      [200, 'first'],
      [200, 'second'],
      [50, 'past']
    ] as const)
      world.at(atMs, () => seen.push(`${name} at ${world.now()}`))
    while (world.step());
    expect(seen).toEqual(['past at 100', 'first at 200', 'second at 200', 'late at 300'])
    expect(world.step()).toBe(false)
  })

  it('forgets what was cancelled', () => {
    const world = createWorld(0)
    world.at(10, () => expect.fail('was cancelled'))()
    world.at(20, () => undefined)
    expect(world.step()).toBe(true)
    expect(world.now()).toBe(20)
  })

  it('is shown off by the skew to a node, whose timers follow its own clock', () => {
    const world = createWorld(1_000)
    const clock = world.clock({ skewMs: 500, slowMs: 0 })
    expect(clock.now()).toBe(1_500)
    clock.at(1_600, () => undefined)
    world.step()
    expect(world.now()).toBe(1_100)
  })

  it('passes before a slow node turns to its mailbox', () => {
    const world = createWorld(0)
    const pace = { skewMs: 0, slowMs: 40 }
    world.clock(pace).soon(() => undefined)
    world.step()
    expect(world.now()).toBe(40)
    pace.slowMs = 0
    world.clock(pace).soon(() => undefined)
    world.step()
    expect(world.now()).toBe(40)
  })
})

describe('the heap', () => {
  it('gives items in order, however they came', () => {
    const prng = createPrng(1)
    const heap = createHeap<number>((a, b) => a < b)
    const items = Array.from({ length: 500 }, () => prng.int(0, 99))
    for (const item of items) heap.push(item)
    const given = items.map(() => heap.pop())
    expect(given).toEqual(items.toSorted((a, b) => a - b))
    expect(heap.pop()).toBeUndefined()
  })
})
