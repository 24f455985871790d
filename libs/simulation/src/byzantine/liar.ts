import type { PeerId, Signing, VoterSet } from '@quorate/contracts'
import type { Prng } from '@quorate/core'
import type { Plot } from './plot.ts'

/** A frame on its way out of a liar's node. The node itself is an honest one that does not know what is done to it. */
export interface Outgoing {
  readonly to: PeerId
  readonly frame: Uint8Array
}

/** What a Byzantine peer does with what its node says. */
export interface Liar {
  /** What goes to that peer instead of the frame; nothing, to withhold it. */
  readonly tamper: (outgoing: Outgoing) => readonly Uint8Array[]
  /** Hears what others send to the node. */
  readonly overhear?: (frame: Uint8Array) => void
}

/** What a liar has to work with: its own key, and those it plots with. Nobody else's key. */
export interface LiarInit {
  readonly signing: Signing
  readonly voters: VoterSet
  readonly prng: Prng
  readonly plot: Plot
}

/** One way of lying. */
export interface Lie {
  readonly name: string
  readonly create: (init: LiarInit) => Liar
}

/** Several lies at once: each works on what the one before it lets out. */
export const liarOf = (lies: readonly Lie[], init: LiarInit): Liar => {
  const liars = lies.map(lie => lie.create(init))
  return {
    tamper: outgoing =>
      liars.reduce<readonly Uint8Array[]>(
        (frames, liar) => frames.flatMap(frame => liar.tamper({ to: outgoing.to, frame })),
        [outgoing.frame]
      ),
    overhear: frame => {
      for (const liar of liars) liar.overhear?.(frame)
    }
  }
}
