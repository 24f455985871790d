import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { RangeOptions, Store, StoreOp, StoreRow } from '@quorate/contracts'
import { openStore } from '../../src/index.ts'
import { tempHome } from '../support/temp-home.ts'

/** What the contract says, on a Map. */
type Model = Map<string, Map<string, Uint8Array>>

const spaceOf = (model: Model, space: string): Map<string, Uint8Array> => {
  const rows = model.get(space) ?? new Map<string, Uint8Array>()
  model.set(space, rows)
  return rows
}

const applyToModel = (model: Model, op: StoreOp): void => {
  const rows = spaceOf(model, op.space)
  if (op.type === 'put') rows.set(op.key, op.value)
  else if (op.type === 'delete') rows.delete(op.key)
  else for (const key of rows.keys()) if (key >= op.from && key < op.to) rows.delete(key)
}

const rangeOfModel = (model: Model, space: string, options: RangeOptions): readonly StoreRow[] => {
  const { from = '', to, limit, reverse = false } = options
  const rows = [...spaceOf(model, space)]
    .filter(([key]) => key >= from && (to === undefined || key < to))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => ({ key, value }))
  return (reverse ? rows.toReversed() : rows).slice(0, limit)
}

const space = fc.constantFrom('a/a', 'a/b', 'a', '', 'a\ud800', 'a\ufffd')
const key = fc.oneof(
  fc.constantFrom('', 'a', 'b', 'ab', 'b\0', '\uffff', '\ud83d\ude00', '\ud83d', '\ufffd'),
  fc.string({ maxLength: 3, unit: 'binary' })
)
const value = fc.oneof(
  fc.uint8Array({ maxLength: 8 }),
  fc.nat({ max: 20_000 }).map(length => new Uint8Array(length).fill(length % 251))
)
const op: fc.Arbitrary<StoreOp> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ type: fc.constant('put' as const), space, key, value }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('delete' as const), space, key }) },
  {
    weight: 1,
    arbitrary: fc.record({ type: fc.constant('delete-range' as const), space, from: key, to: key })
  }
)
const options: fc.Arbitrary<RangeOptions> = fc.record(
  { from: key, to: key, limit: fc.nat({ max: 4 }), reverse: fc.boolean() },
  { requiredKeys: [] }
)
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('commit' as const), ops: fc.array(op, { maxLength: 6 }) })
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('range' as const), space, options }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('get' as const), space, key }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reopen' as const) }) }
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

const perform = (store: Store, model: Model, action: Step): void => {
  if (action.do === 'range')
    expect(store.range(action.space, action.options)).toEqual(
      rangeOfModel(model, action.space, action.options)
    )
  if (action.do === 'get')
    expect(store.get(action.space, action.key)).toEqual(spaceOf(model, action.space).get(action.key))
  if (action.do !== 'commit') return
  store.commit(action.ops)
  for (const change of action.ops) applyToModel(model, change)
}

test(
  'the store behaves as a sorted map per space, over any number of reopenings',
  { timeout: 60_000 },
  () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 40 }), steps => {
        const directory = tempHome()
        const model: Model = new Map()
        let store = openStore({ directory })
        for (const action of [...steps, { do: 'reopen' as const }]) {
          perform(store, model, action)
          if (action.do !== 'reopen') continue
          store.close()
          store = openStore({ directory })
        }
        for (const name of model.keys()) expect(store.range(name)).toEqual(rangeOfModel(model, name, {}))
        store.close()
      }),
      { numRuns: 60 }
    )
  }
)
