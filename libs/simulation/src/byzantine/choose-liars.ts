import type { PeerId } from '@quorate/contracts'
import { faultToleranceMax, type Prng } from '@quorate/core'
import type { Lie } from './liar.ts'
import { FORK, LIES } from './lies.ts'

/** Up to f liars among the peers, each with lies of its own; in a third of the runs they try to fork the group together. */
export const chooseLiars = (peers: number, prng: Prng): ReadonlyMap<PeerId, readonly Lie[]> => {
  const names = Array.from({ length: peers }, (_, i) => `peer-${i + 1}`)
  const count = Math.min(faultToleranceMax(peers), prng.int(1, peers))
  const together = prng.chance(330_000)
  return new Map(
    prng
      .shuffle(names)
      .slice(0, count)
      .map(peer => [peer, together ? FORK : LIES.filter(() => prng.chance(150_000))])
  )
}

/** One line for each liar, for the transcript. */
export const describeLiars = (liars: ReadonlyMap<PeerId, readonly Lie[]>): string[] =>
  [...liars].map(([peer, lies]) => `${peer} lies: ${lies.map(({ name }) => name).join(', ')}`)
