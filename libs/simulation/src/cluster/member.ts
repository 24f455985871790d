import type { PeerId } from '@quorate/contracts'
import type { Assembled } from '@quorate/runtime'
import type { Pace } from '../world/clock.ts'
import type { VirtualDisk } from '../world/disk.ts'

/** One peer of the simulated group: what stays when its node crashes, and the node itself while it runs. */
export interface Member extends Pace {
  readonly peerId: PeerId
  /** False for a peer that is played by a liar: no promise is checked for it. */
  readonly honest: boolean
  disk: VirtualDisk
  skewMs: number
  slowMs: number
  running: Assembled | undefined
  /** Port calls left until the node crashes; Infinity: never. */
  fuse: number
  /** Port calls made so far: before a commit, after it, before each frame that is sent. */
  portCalls: number
  /** Crashes so far; a node of an earlier life does nothing any more. */
  lives: number
}

/** A crash that the simulator makes happen in the middle of a node's work. */
export class SimulatedCrash extends Error {
  override readonly name = 'SimulatedCrash'
}

/** One effect boundary: counts it, and crashes the node when its fuse has burnt down. */
export const burn = (member: Member): void => {
  member.portCalls += 1
  member.fuse -= 1
  if (member.fuse <= 0) throw new SimulatedCrash(`${member.peerId} crashes`)
}
