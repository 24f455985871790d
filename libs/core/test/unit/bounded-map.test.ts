import { describe, expect, it } from 'vitest'
import { BoundedMap } from '../../src/index.ts'

describe('a bounded map', () => {
  it('forgets the oldest written beyond its bound', () => {
    const map = new BoundedMap<string, number>(2)
    for (const [i, key] of ['a', 'b', 'c'].entries()) map.set(key, i)
    expect([map.get('a'), map.get('b'), map.get('c'), map.size]).toEqual([undefined, 1, 2, 2])
  })

  it('counts writing again as new', () => {
    const map = new BoundedMap<string, number>(2)
    for (const key of ['a', 'b', 'a', 'c']) map.set(key, 0)
    expect([map.has('a'), map.has('b'), map.has('c')]).toEqual([true, false, true])
  })

  it('forgets nothing by being read', () => {
    const map = new BoundedMap<string, number>(2)
    map.set('a', 1)
    map.set('b', 2)
    map.get('a')
    map.set('c', 3)
    expect([...map.values()]).toEqual([2, 3])
  })

  it('deletes', () => {
    const map = new BoundedMap<string, number>(2)
    map.set('a', 1)
    expect([map.delete('a'), map.delete('a'), map.size]).toEqual([true, false, 0])
  })
})
