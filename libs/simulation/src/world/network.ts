import type { PeerId } from '@quorate/contracts'
import type { Prng } from '@quorate/core'
import type { World } from './clock.ts'
import { createFingerprint } from './fingerprint.ts'

/** How messages fare between two nodes. Probabilities in ppm, times in ms. */
export interface Weather {
  readonly lossPpm: number
  readonly duplicatePpm: number
  readonly delayMsMin: number
  readonly delayMsMax: number
}

/** Is the frame lost on that link? */
export type LossRule = (link: { readonly from: PeerId; readonly to: PeerId }, frame: Uint8Array) => boolean

export const CALM: Weather = { lossPpm: 0, duplicatePpm: 0, delayMsMin: 1, delayMsMax: 3 }

/**
 * A network without order: each message has a delay of its own. Cut links lose what is sent while they are cut; what is on
 * its way still arrives.
 */
export interface VirtualNetwork {
  readonly send: (from: PeerId, to: PeerId, frame: Uint8Array) => void
  readonly setWeather: (weather: Weather) => void
  /** Loses what the rule names, until the next rule, or until the links are mended. */
  readonly lose: (rule: LossRule) => void
  /** Cuts one direction. */
  readonly cut: (from: PeerId, to: PeerId) => void
  readonly mendAll: () => void
  readonly isCut: (from: PeerId, to: PeerId) => boolean
  readonly sent: number
  /** Digest of everything that was sent: what, when, between whom. */
  readonly fingerprint: () => string
}

export interface VirtualNetworkInit {
  readonly world: World
  readonly prng: Prng
  readonly deliver: (to: PeerId, frame: Uint8Array, from: PeerId) => void
}

export const createVirtualNetwork = ({ world, prng, deliver }: VirtualNetworkInit): VirtualNetwork => {
  const cuts = new Set<string>()
  const print = createFingerprint()
  let weather = CALM
  let isLost: LossRule | undefined
  let sent = 0

  const record = (from: PeerId, to: PeerId, frame: Uint8Array): void => {
    sent += 1
    print.add(world.now() % 0x1_0000_0000)
    print.add(from.charCodeAt(from.length - 1) * 256 + to.charCodeAt(to.length - 1))
    // The end of the frame is the end of its signature, which depends on all of it.
    const at = frame.length - 4
    print.add(frame.length)
    for (let i = 0; i < 4; i += 2) print.add((frame[at + i] ?? 0) * 256 + (frame[at + i + 1] ?? 0))
  }

  const isCut = (from: PeerId, to: PeerId): boolean => cuts.size > 0 && cuts.has(`${from}>${to}`)

  const once = (from: PeerId, to: PeerId, frame: Uint8Array): void => {
    if (weather.lossPpm > 0 && prng.chance(weather.lossPpm)) return
    const delay = prng.int(weather.delayMsMin, weather.delayMsMax)
    world.at(world.now() + delay, () => deliver(to, frame, from))
  }

  return {
    send: (from, to, frame) => {
      record(from, to, frame)
      if (isCut(from, to) || isLost?.({ from, to }, frame)) return
      once(from, to, frame)
      if (weather.duplicatePpm > 0 && prng.chance(weather.duplicatePpm)) once(from, to, frame)
    },
    setWeather: next => {
      weather = next
    },
    cut: (from, to) => void cuts.add(`${from}>${to}`),
    lose: rule => {
      isLost = rule
    },
    mendAll: () => {
      cuts.clear()
      isLost = undefined
    },
    isCut,
    get sent() {
      return sent
    },
    fingerprint: print.text
  }
}
