import type { Clock, Store, Transport } from '@quorate/contracts'
import { createMemoryStore } from '@quorate/test-support'

/** What the node asked of its ports, in order. */
export type Calls = string[]

/** A store in memory that notes every commit. `fail` makes the next one throw. */
export interface RecordedStore extends Store {
  fail(error: Error): void
}

export const createStore = (calls: Calls = []): RecordedStore => {
  const memory = createMemoryStore()
  let failure: Error | undefined
  return {
    ...memory,
    commit: ops => {
      if (failure) throw failure
      memory.commit(ops)
      calls.push(`persist ${ops.map(op => op.space).join(' ')}`)
    },
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
