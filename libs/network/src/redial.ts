import type { PeerId } from '@quorate/contracts'
import type { AddressBook } from './address-book.ts'
import type { Counters } from './counters.ts'
import { fullJitterMs } from './jitter.ts'
import type { NetworkLimits } from './limits.ts'

/**
 * Dials every wanted peer that is not connected, for ever, with full-jitter exponential back-off.
 *
 * The back-off starts over when something suggests that the next attempt may succeed: a new address, or the end of a
 * connection that had lasted. A connection that ends at once (the other end refuses us) does not count as success.
 */
export interface Redial {
  /** Dials as soon as the back-off allows, if the peer is wanted and not connected. */
  poke(peer: PeerId): void
  /** As `poke`, with the back-off started over. */
  hurry(peer: PeerId): void
  /** The peer's connection ended after so many milliseconds. */
  lost(peer: PeerId, lastedMs: number): void
  forget(peer: PeerId): void
  stop(): void
}

export interface RedialInit {
  readonly self: PeerId
  readonly limits: NetworkLimits
  readonly counters: Counters
  readonly book: AddressBook
  /** A member that is welcome and not connected. */
  readonly wanted: (peer: PeerId) => boolean
  /** Resolves when the peer is connected. */
  readonly dial: (addresses: readonly string[], signal: AbortSignal) => Promise<unknown>
}

const PATIENCE_PEERS = 4
const PATIENCE_MS_MAX = 2_000

interface Attempts {
  failures: number
  dialing: boolean
  timer: NodeJS.Timeout | undefined
}

export const createRedial = (init: RedialInit): Redial => {
  const { self, limits, counters, book } = init
  const range = { minMs: limits.redialMinMs, maxMs: limits.redialMaxMs }
  const all = new Map<PeerId, Attempts>()
  const stopped = new AbortController()
  const slots = createSlots(limits.dialsMax)

  const attemptsOf = (peer: PeerId): Attempts => {
    const attempts = all.get(peer) ?? { failures: 0, dialing: false, timer: undefined }
    all.set(peer, attempts)
    return attempts
  }
  const isDue = (peer: PeerId): boolean =>
    !stopped.signal.aborted && init.wanted(peer) && book.get(peer).length > 0

  const dial = async (peer: PeerId, attempts: Attempts): Promise<void> => {
    attempts.timer = undefined
    attempts.dialing = true
    await slots.take()
    try {
      if (isDue(peer)) await dialNow(peer, attempts)
    } finally {
      slots.give()
    }
    attempts.dialing = false
    schedule(peer)
  }
  const dialNow = async (peer: PeerId, attempts: Attempts): Promise<void> => {
    counters.count('dials')
    try {
      const signal = AbortSignal.any([stopped.signal, AbortSignal.timeout(limits.dialTimeoutMs)])
      await init.dial(rotate(book.get(peer), attempts.failures), signal)
    } catch {
      counters.count('dials-failed')
      attempts.failures += 1
    }
  }
  /**
   * The smaller peer id dials first, the other a little later, and later yet when many peers are missing and handshakes
   * therefore slow: that saves most duplicate connections.
   */
  const delayMs = (peer: PeerId, { failures }: Attempts): number => {
    if (failures > 0) return fullJitterMs(failures, range)
    if (self < peer) return 0
    return Math.min(PATIENCE_MS_MAX, range.minMs * (1 + all.size / PATIENCE_PEERS)) + fullJitterMs(0, range)
  }

  const schedule = (peer: PeerId): void => {
    if (!isDue(peer)) return
    const attempts = attemptsOf(peer)
    if (attempts.dialing || attempts.timer !== undefined) return
    attempts.timer = setTimeout(() => void dial(peer, attempts), delayMs(peer, attempts)).unref()
  }
  const hurry = (peer: PeerId): void => {
    const attempts = all.get(peer)
    clearTimeout(attempts?.timer)
    if (attempts !== undefined) Object.assign(attempts, { timer: undefined, failures: 0 })
    schedule(peer)
  }

  return {
    poke: schedule,
    hurry,
    lost(peer, lastedMs) {
      const attempts = attemptsOf(peer)
      attempts.failures = lastedMs >= limits.stableAfterMs ? 0 : attempts.failures + 1
      schedule(peer)
    },
    forget(peer) {
      clearTimeout(all.get(peer)?.timer)
      all.delete(peer)
    },
    stop() {
      stopped.abort()
      for (const { timer } of all.values()) clearTimeout(timer)
      all.clear()
    }
  }
}

/** Each attempt begins with another address: one that swallows packets must not use up the time of every attempt. */
const rotate = (addresses: readonly string[], by: number): string[] => {
  const at = by % addresses.length
  return [...addresses.slice(at), ...addresses.slice(0, at)]
}

/** Lets so many go ahead at once, the others in the order they came. */
const createSlots = (slotsMax: number): { take(): Promise<void>; give(): void } => {
  const waiting: (() => void)[] = []
  let free = slotsMax
  return {
    async take() {
      if (free > 0) free -= 1
      else await new Promise<void>(resolve => void waiting.push(resolve))
    },
    give() {
      const next = waiting.shift()
      if (next === undefined) free += 1
      else next()
    }
  }
}
