import type { Clock } from '@quorate/contracts'

/** `setTimeout` takes no more. */
const TIMER_MS_MAX = 2 ** 31 - 1

/** Local time and timers of this process. */
export const createClock = (): Clock => ({
  now: Date.now,
  at: (atMs, callback) => {
    let timer = setTimeout(ring, waitMs(atMs))
    function ring(): void {
      if (Date.now() >= atMs) callback()
      else timer = setTimeout(ring, waitMs(atMs))
    }
    return () => clearTimeout(timer)
  },
  soon: callback => void setImmediate(callback)
})

const waitMs = (atMs: number): number => Math.min(Math.max(0, atMs - Date.now()), TIMER_MS_MAX)
