import { createPrng, type Prng } from '@quorate/core'
import { awards } from '../checkers/awards.ts'
import { charges } from '../checkers/charges.ts'
import { sealedBids } from '../checkers/sealed-bids.ts'
import type { Cluster } from '../cluster/cluster.ts'
import type { Member } from '../cluster/member.ts'
import { restart, type Scene } from '../faults/fault.ts'
import { heal } from '../faults/fault-plan.ts'
import { shortWork } from '../workload/short-work.ts'
import { unsettled } from './auction.ts'
import { pbftGroup } from './pbft.ts'
import type { Scenario } from './scenario.ts'
import { undecided } from './undecided.ts'

const PEERS = 4
/** No node makes more port calls than this in the short workload. */
export const POINTS_PER_NODE = 256
/** Seeds that visit every effect boundary of every node once. */
export const POINTS = PEERS * POINTS_PER_NODE

/** Where a seed makes whom crash, and what comes after. */
export interface CrashPoint {
  /** Index of the member. */
  readonly node: number
  /** The port call that it does not survive, from 1. */
  readonly call: number
  readonly downMs: number
  /** It crashes again this many port calls after its return; 0: it does not. */
  readonly again: number
}

/**
 * Seeds 1 to POINTS visit every boundary with a short absence, the next POINTS with one that is long enough for a view change;
 * later ones add a second crash, in the middle of the recovery.
 */
export const crashPointOf = (seed: number, prng: Prng): CrashPoint => {
  const [round, index] = [Math.floor((seed - 1) / POINTS), (seed - 1) % POINTS]
  const place = { node: index % PEERS, call: Math.floor(index / PEERS) + 1 }
  if (round < 2) return { ...place, downMs: round === 0 ? 60 : 2_500, again: 0 }
  return { ...place, downMs: prng.int(0, 2_500), again: prng.int(1, 60) }
}

const POLL_MS = 5

/** Brings the member back after each of its crashes. */
const bringBack = (scene: Scene, member: Member, point: CrashPoint): void => {
  const { world } = scene.cluster
  let left = point.again > 0 ? 1 : 0
  const look = (): void => {
    if (member.running) return void world.at(world.now() + POLL_MS, look)
    world.at(world.now() + point.downMs, () => {
      if (left-- > 0) member.fuse = point.again
      restart(scene, member)
      look()
    })
  }
  look()
}

export const crashPoints: Scenario = {
  name: 'crash-points',
  about: `one crash at each effect boundary of each node: seeds 1 to ${POINTS} visit all of them`,
  plan: ({ seed, prng, note }) => {
    const { group, checkers } = pbftGroup(PEERS, prng)
    const point = crashPointOf(seed, prng)
    const config = { revealWindowMs: 300 }
    const sceneOf = (cluster: Cluster): Scene => ({ cluster, prng: createPrng(seed), note })
    const memberOf = ({ members }: Cluster): Member => members[point.node] as Member
    return {
      group: { ...group, auction: config, skewMsMax: 50 },
      checkers: [...checkers, charges, awards(config), sealedBids],
      faultsMs: 1_000 + point.downMs,
      livenessMs: 60_000,
      prepare: cluster => {
        memberOf(cluster).fuse = point.call
      },
      begin: cluster => {
        shortWork(cluster, note)
        bringBack(sceneOf(cluster), memberOf(cluster), point)
      },
      heal: cluster => heal(sceneOf(cluster)),
      missing: cluster => [...undecided(cluster), ...unsettled(cluster)]
    }
  }
}
