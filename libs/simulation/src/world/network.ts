import type { PeerId } from '@quorate/contracts'
import type { Prng } from '@quorate/core'
import type { World } from './virtual-clock.ts'

/** How messages fare between two nodes. Probabilities in ppm, times in ms. */
export interface LinkFaults {
  readonly lossPpm: number
  readonly duplicatePpm: number
  readonly delayMsMin: number
  readonly delayMsMax: number
}

export const CALM: LinkFaults = { lossPpm: 0, duplicatePpm: 0, delayMsMin: 1, delayMsMax: 3 }

/** A network without order: each message has a delay of its own. Cut links lose what is sent while they are cut. */
export interface VirtualNetwork {
  send(from: PeerId, to: PeerId, frame: Uint8Array): void
  setFaults(faults: LinkFaults): void
  /** Cuts, or mends, one direction. */
  cut(from: PeerId, to: PeerId): void
  mendAll(): void
  readonly sent: number
}

export interface VirtualNetworkInit {
  readonly world: World
  readonly prng: Prng
  deliver(to: PeerId, frame: Uint8Array, from: PeerId): void
}

export const createVirtualNetwork = ({ world, prng, deliver }: VirtualNetworkInit): VirtualNetwork => {
  const cuts = new Set<string>()
  let faults = CALM
  let sent = 0

  const once = (from: PeerId, to: PeerId, frame: Uint8Array): void => {
    if (prng.chance(faults.lossPpm)) return
    const delay = prng.int(faults.delayMsMin, faults.delayMsMax)
    world.at(world.now() + delay, () => deliver(to, frame, from))
  }

  return {
    send: (from, to, frame) => {
      sent += 1
      if (cuts.has(`${from}>${to}`)) return
      once(from, to, frame)
      if (prng.chance(faults.duplicatePpm)) once(from, to, frame)
    },
    setFaults: next => {
      faults = next
    },
    cut: (from, to) => void cuts.add(`${from}>${to}`),
    mendAll: () => cuts.clear(),
    get sent() {
      return sent
    }
  }
}
