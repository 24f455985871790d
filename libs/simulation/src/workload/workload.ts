import type { Prng } from '@quorate/core'
import type { Cluster } from '../cluster/cluster.ts'
import type { Member } from '../cluster/member.ts'

/** Something that a user asks a running node for. */
export type Ask = (cluster: Cluster, member: Member) => void

export interface WorkloadInit {
  readonly prng: Prng
  /** One is picked each time; name one twice to have it more often. */
  readonly asks: readonly Ask[]
  readonly pauseMsMax: number
  readonly note: (what: string) => void
}

const PAUSE_MS_MIN = 5

/** Asks random members for random things at random times, until the given time. */
export const beginWorkload = (init: WorkloadInit, cluster: Cluster, untilMs: number): void => {
  const { prng, asks, pauseMsMax, note } = init
  const { world } = cluster
  const next = (): void =>
    void world.at(world.now() + prng.int(PAUSE_MS_MIN, pauseMsMax), () => {
      if (world.now() >= untilMs) return
      const [member, ask] = [prng.pick(cluster.members), prng.pick(asks)]
      if (member.running) note(`${ask.name} at ${member.peerId}`)
      ask(cluster, member)
      next()
    })
  next()
}
