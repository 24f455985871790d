import type { Clock, Effect, Store, StoreOp } from '@quorate/contracts'
import { describe, expect, it } from 'vitest'
import { createEventLog } from '../../../src/node/event-log.ts'
import { LINGER_MS, createOutbox } from '../../../src/node/outbox.ts'
import type { External } from '../../../src/node/router.ts'

const op = (key: string): StoreOp => ({ type: 'put', space: 'test', key, value: new Uint8Array() })
const from = (effect: External['effect']): External => ({ machine: 'test', effect })
const persist = (key: string, lazy?: 'shared' | 'whenever'): External =>
  from(lazy === undefined ? { type: 'persist', ops: [op(key)] } : { type: 'persist', ops: [op(key)], lazy })
const notify = (type: string, durable: boolean): External =>
  from({ type: 'notify', event: { type, durable, data: null } } satisfies Effect)

const setUp = () => {
  const commits: string[][] = []
  const store: Store = {
    get: () => undefined,
    range: () => [],
    commit: ops =>
      void commits.push(ops.map(({ space, ...rest }) => ('key' in rest ? `${space}/${rest.key}` : space))),
    close: () => undefined
  }
  let now = 1_000
  const clock: Clock = { now: () => now, at: () => () => undefined, soon: () => undefined }
  const outbox = createOutbox(store, createEventLog(store), clock)
  return { outbox, commits, pass: (ms: number) => void (now += ms) }
}

describe('the outbox', () => {
  it('writes at once what something sent depends on, with all that waits, in order', () => {
    const { outbox, commits } = setUp()
    outbox.add([persist('a', 'whenever')])
    expect(outbox.mustWrite(true)).toBe(false)
    outbox.add([persist('b', 'shared'), persist('c')])
    expect(outbox.mustWrite(false)).toBe(true)
    outbox.write()
    expect(commits).toEqual([['test/a', 'test/b', 'test/c']])
    expect(outbox.due()).toBeUndefined()
  })

  it('lets shared operations wait one idle turn, and tells their events only when they are durable', () => {
    const { outbox } = setUp()
    expect(outbox.add([persist('a', 'shared'), notify('done', false)])).toEqual([])
    expect(outbox.mustWrite(true)).toBe(false)
    expect(outbox.due()).toBe('soon')
    outbox.add([])
    expect(outbox.mustWrite(true)).toBe(true)
    expect(outbox.write().map(({ type }) => type)).toEqual(['done'])
  })

  it('does not let shared operations wait for ever behind other work', () => {
    const { outbox } = setUp()
    const turns = Array.from({ length: 6 }, (_, i) => {
      outbox.add([persist(`${i}`, 'shared')])
      return outbox.mustWrite(false)
    })
    expect(turns.indexOf(true)).toBe(4)
  })

  it('lets nobody wait for operations of the kind whenever, and writes them in time', () => {
    const { outbox, pass } = setUp()
    const told = outbox.add([persist('a', 'whenever'), notify('seen', false)])
    expect(told.map(({ type, cursor }) => [type, cursor])).toEqual([['seen', null]])
    outbox.add([])
    expect(outbox.mustWrite(true)).toBe(false)
    expect(outbox.due()).toBe(1_000 + LINGER_MS)
    pass(LINGER_MS)
    expect(outbox.mustWrite(true)).toBe(true)
  })

  it('numbers durable events when it writes them', () => {
    const { outbox } = setUp()
    outbox.add([notify('first', true), persist('a', 'whenever')])
    outbox.add([])
    expect(outbox.mustWrite(true)).toBe(true)
    expect(outbox.write().map(({ type, cursor }) => [type, cursor])).toEqual([['first', 1]])
  })
})
