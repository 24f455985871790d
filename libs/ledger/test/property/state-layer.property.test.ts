import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CborValue } from '@quorate/contracts'
import { compareText } from '@quorate/core'
import { createStateLayer, type StateLayer } from '../../src/index.ts'

type Model = Map<string, CborValue>

const MODULES = ['a', 'b'] as const
const KEYS = ['', 'x', 'x/1', 'x/2', 'y'] as const

const operation = fc.oneof(
  fc.record({
    what: fc.constant('put' as const),
    module: fc.constantFrom(...MODULES),
    key: fc.constantFrom(...KEYS),
    value: fc.nat(9)
  }),
  fc.record({
    what: fc.constant('delete' as const),
    module: fc.constantFrom(...MODULES),
    key: fc.constantFrom(...KEYS)
  }),
  fc.record({ what: fc.constantFrom('over' as const, 'absorb' as const, 'drop' as const, 'rebase' as const) })
)

const expectSame = (layer: StateLayer, model: Model): void => {
  for (const module of MODULES) {
    const reader = layer.reader('').module(module)
    for (const key of KEYS) expect(reader.get(key)).toEqual(model.get(`${module}:${key}`))
    for (const prefix of ['', 'x', 'x/', 'z']) {
      const rows = [...model]
        .map(([name, value]) => [name.slice(0, 1), name.slice(2), value] as const)
        .filter(([owner, key]) => owner === module && key.startsWith(prefix))
        .toSorted((p, q) => compareText(p[1], q[1]))
      expect(reader.range(prefix)).toEqual(rows.map(([, key, value]) => [key, value]))
    }
  }
}

describe('layers of state', () => {
  it('read like a plain map, however they lie over one another', () => {
    expect.hasAssertions()
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 60 }), operations => {
        const layers: { layer: StateLayer; model: Model }[] = [
          { layer: createStateLayer(), model: new Map() }
        ]
        for (const op of operations) {
          const top = layers.at(-1) as { layer: StateLayer; model: Model }
          const below = layers.at(-2)
          if (op.what === 'put') {
            top.layer.writer(op.module).put(op.key, op.value)
            top.model.set(`${op.module}:${op.key}`, op.value)
          } else if (op.what === 'delete') {
            top.layer.writer(op.module).delete(op.key)
            top.model.delete(`${op.module}:${op.key}`)
          } else if (op.what === 'over') layers.push({ layer: top.layer.over(), model: new Map(top.model) })
          else if (below && op.what === 'drop') layers.pop()
          else if (below && op.what === 'absorb') {
            below.layer.absorb(top.layer)
            layers.splice(-2, 2, { layer: below.layer, model: top.model })
          } else if (layers.length > 2 && op.what === 'rebase') {
            // The lowest two become one, and what lies on them is told so: as when a batch is committed.
            const [base, first, second] = layers as [
              (typeof layers)[0],
              (typeof layers)[0],
              (typeof layers)[0]
            ]
            base.layer.absorb(first.layer)
            second.layer.rebase(base.layer)
            layers.splice(0, 2, { layer: base.layer, model: first.model })
          }
          const { layer, model } = layers.at(-1) as (typeof layers)[0]
          expectSame(layer, model)
        }
      })
    )
  })

  it('do not change what lies below before they are absorbed', () => {
    const base = createStateLayer()
    base.writer('a').put('key', 1)
    const upper = base.over()
    upper.writer('a').delete('key')
    upper.writer('a').put('other', 2)
    expect(base.reader('a').range('')).toEqual([['key', 1]])
    base.absorb(upper)
    expect(base.reader('a').range('')).toEqual([['other', 2]])
    expect(base.writes()).toEqual([{ module: 'a', key: 'other', value: 2 }])
  })
})
