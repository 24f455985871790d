import { performance } from 'node:perf_hooks'
import { setFlagsFromString } from 'node:v8'

/** How often the load is looked at, and the share of time that counts as being at rest. */
const LOOK_EVERY_MS = 5000
const REST = 0.1

/**
 * V8 grows its heap for speed. A daemon starts and mostly rests, and then memory matters more: measured at rest, 144 MB
 * become 114. Under load the usual heuristics are better, so this follows the load.
 */
const preferMemory = (prefer: boolean): void =>
  setFlagsFromString(prefer ? '--optimize-for-size' : '--no-optimize-for-size')

preferMemory(true)

/** Prefers memory while the daemon rests and speed while it works. Gives what ends it. */
export const followLoad = (): (() => void) => {
  let last = performance.eventLoopUtilization()
  const timer = setInterval(() => {
    const now = performance.eventLoopUtilization()
    preferMemory(performance.eventLoopUtilization(now, last).utilization < REST)
    last = now
  }, LOOK_EVERY_MS)
  return () => clearInterval(timer)
}
