import type { PeerId } from '@quorate/contracts'
import type { Prng } from '@quorate/core'
import type { Resolver, Settings } from '@quorate/runtime'
import type { Lie } from '../byzantine/liar.ts'
import type { Watchers } from '../checkers/watch-all.ts'
import type { Line } from '../run/transcript.ts'
import type { VirtualDisk } from '../world/disk.ts'
import type { GroupInit } from './founding.ts'
import type { Group } from './group.ts'

/** What a scenario says about its group. */
export interface ClusterPlan extends GroupInit {
  /** Peers that lie, and how. At most f of them, or nothing is promised. */
  readonly liars?: ReadonlyMap<PeerId, readonly Lie[]>
  /** Clocks are off by up to this much, either way. */
  readonly skewMsMax?: number
  /** Whether peers relay what they accept, as gossip does. */
  readonly gossip?: boolean
  readonly settings?: Settings
}

export interface ClusterInit extends ClusterPlan {
  readonly prng: Prng
  readonly plugins: Resolver
  readonly createDisk?: () => VirtualDisk
  /** Made when the group is known. */
  readonly watch: (group: Group) => Watchers
  readonly note: (what: Line) => void
  /** Writes every message that arrives into the transcript. */
  readonly messages?: boolean
  /** An honest node has failed by itself: a bug. */
  readonly failed: (peer: PeerId, error: unknown) => void
}
