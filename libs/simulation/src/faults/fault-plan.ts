import type { Prng } from '@quorate/core'
import type { Cluster } from '../cluster/cluster.ts'
import { CALM } from '../world/network.ts'
import { after, restart, type Fault, type Scene } from './fault.ts'

export interface FaultPlanInit {
  readonly prng: Prng
  /** One is picked each time; name one twice to have it more often. */
  readonly faults: readonly Fault[]
  /** Pause between two faults, at most. */
  readonly pauseMsMax: number
  readonly note: (what: string) => void
}

/** Makes faults, one after the other, all of it from the seed. */
export interface FaultPlan {
  readonly begin: (cluster: Cluster, untilMs: number) => void
  /** Ends all of them: links whole, network calm, every node running and keeping up. Clocks stay as they are. */
  readonly heal: (cluster: Cluster) => void
}

const PAUSE_MS_MIN = 20

export const createFaultPlan = ({ prng, note, faults, pauseMsMax }: FaultPlanInit): FaultPlan => {
  const next = (scene: Scene, untilMs: number): void =>
    after(scene, prng.int(PAUSE_MS_MIN, pauseMsMax), () => {
      if (scene.cluster.world.now() >= untilMs) return
      prng.pick(faults)(scene)
      next(scene, untilMs)
    })

  return {
    begin: (cluster, untilMs) => next({ cluster, prng, note }, untilMs),
    heal: cluster => heal({ cluster, prng, note })
  }
}

export const heal = (scene: Scene): void => {
  const { cluster } = scene
  cluster.network.mendAll()
  cluster.network.setWeather(CALM)
  for (const member of cluster.members) {
    member.fuse = Number.POSITIVE_INFINITY
    member.slowMs = 0
    restart(scene, member)
  }
  cluster.noticeLinks()
}
