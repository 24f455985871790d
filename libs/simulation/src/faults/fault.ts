import type { Prng } from '@quorate/core'
import type { Cluster } from '../cluster/cluster.ts'
import type { Member } from '../cluster/member.ts'

/** Where faults happen. All that is random about them comes from `prng`. */
export interface Scene {
  readonly cluster: Cluster
  readonly prng: Prng
  readonly note: (what: string) => void
}

/** Something that goes wrong, once; it may arrange for its own end. */
export type Fault = (scene: Scene) => void

/** Starts a member that is down. */
export const restart = ({ cluster, note }: Scene, member: Member): void => {
  if (member.running) return
  note(`start ${member.peerId}`)
  cluster.start(member)
}

export const after = ({ cluster: { world } }: Scene, delayMs: number, work: () => void): void =>
  void world.at(world.now() + delayMs, work)
