import type { PeerId } from '@quorate/contracts'
import type { ClusterInit } from '../cluster/cluster-init.ts'
import type { Group } from '../cluster/group.ts'
import { liarOf, type Liar } from './liar.ts'
import { createPlot } from './plot.ts'

/** The liars of a cluster, with what they share: some honest peers are told the first story, the others the second. */
export const createLiars = (
  { liars = new Map(), prng }: Pick<ClusterInit, 'liars' | 'prng'>,
  { signing, voters, honest }: Group
): ReadonlyMap<PeerId, Liar> => {
  if (liars.size === 0) return new Map()
  const plot = createPlot(prng.shuffle([...honest]).slice(0, prng.int(1, honest.size - 1)))
  return new Map(
    [...liars].map(([peer, lies]) => [
      peer,
      liarOf(lies, { signing: signing.signer(peer), voters, prng, plot })
    ])
  )
}
