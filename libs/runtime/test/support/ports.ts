import type { Clock, RangeOptions, Store, StoreOp, StoreRow, Transport } from '@quorate/contracts'
import { compareText } from '@quorate/core'

/** What the node asked of its ports, in order. */
export type Calls = string[]

/** A store in memory that notes every commit. `fail` makes the next one throw. */
export interface RecordedStore extends Store {
  fail(error: Error): void
}

export const createStore = (calls: Calls = []): RecordedStore => {
  const spaces = new Map<string, Map<string, Uint8Array>>()
  let failure: Error | undefined
  const space = (name: string): Map<string, Uint8Array> => {
    const known = spaces.get(name) ?? new Map<string, Uint8Array>()
    spaces.set(name, known)
    return known
  }
  const range = (name: string, options: RangeOptions = {}): StoreRow[] => {
    const { from = '', to = '\uffff', reverse, limit } = options
    const keys = [...space(name).keys()].filter(key => key >= from && key < to).toSorted(compareText)
    const ordered = reverse ? keys.toReversed() : keys
    return ordered.slice(0, limit).map(key => ({ key, value: space(name).get(key) as Uint8Array }))
  }
  const apply = (op: StoreOp): void => {
    if (op.type === 'put') space(op.space).set(op.key, op.value)
    else if (op.type === 'delete') space(op.space).delete(op.key)
    else for (const { key } of range(op.space, op)) space(op.space).delete(key)
  }
  return {
    get: (name, key) => space(name).get(key),
    range,
    commit: ops => {
      if (failure) throw failure
      for (const op of ops) apply(op)
      calls.push(`persist ${ops.map(op => op.space).join(' ')}`)
    },
    close: () => undefined,
    fail: error => {
      failure = error
    }
  }
}

/** Virtual time: `run` does what is due now, `advance` moves on. */
export interface TestClock extends Clock {
  run(): void
  advance(ms: number): void
}

export const createClock = (calls: Calls = []): TestClock => {
  let now = 1_000
  let soon: (() => void)[] = []
  const timers = new Map<object, { atMs: number; callback: () => void }>()
  const run = (): void => {
    while (soon.length > 0) {
      const due = soon
      soon = []
      for (const callback of due) callback()
    }
  }
  return {
    now: () => now,
    soon: callback => void soon.push(callback),
    at: (atMs, callback) => {
      calls.push(`schedule ${atMs}`)
      const handle = {}
      timers.set(handle, { atMs, callback })
      return () => void timers.delete(handle)
    },
    run,
    advance: ms => {
      run()
      now += ms
      for (const [handle, { atMs, callback }] of timers) {
        if (atMs > now) continue
        timers.delete(handle)
        callback()
      }
      run()
    }
  }
}

export const createTransport = (calls: Calls): Pick<Transport, 'send' | 'broadcast' | 'charge'> => ({
  send: to => void calls.push(`send ${to}`),
  broadcast: (_, reach) => void calls.push(`broadcast ${reach}`),
  charge: (peer, code) => void calls.push(`charge ${peer} ${code}`)
})
