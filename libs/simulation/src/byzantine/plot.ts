import type { Digest, PeerId } from '@quorate/contracts'

/** What liars of one cluster share: whom they tell the second story, and which batches belong to it. */
export interface Plot {
  /** Peers that are told the second story. */
  readonly second: ReadonlySet<PeerId>
  /** Digest of a batch of the first story -> of the second. */
  readonly pairs: Map<Digest, Digest>
  /** The digest that is to be named to that peer. */
  readonly told: (digest: Digest, to: PeerId) => Digest
}

export const createPlot = (second: readonly PeerId[]): Plot => {
  const pairs = new Map<Digest, Digest>()
  const chosen = new Set(second)
  const firstOf = (digest: Digest): Digest => [...pairs].find(([, other]) => other === digest)?.[0] ?? digest
  return {
    second: chosen,
    pairs,
    told: (digest, to) => (chosen.has(to) ? (pairs.get(digest) ?? digest) : firstOf(digest))
  }
}
