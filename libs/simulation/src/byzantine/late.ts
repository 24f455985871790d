import type { PeerId } from '@quorate/contracts'
import type { Lie } from './liar.ts'

/** Says everything late, and to each peer by its own measure: a primary just under the timeout, or just over it. */
export const late: Lie = {
  name: 'late',
  create: ({ prng }) => {
    const waiting = new Map<PeerId, { readonly frames: Uint8Array[]; readonly behind: number }>()
    const queueFor = (to: PeerId) => {
      const queue = waiting.get(to) ?? { frames: [], behind: prng.int(0, 12) }
      waiting.set(to, queue)
      return queue
    }
    return {
      tamper: ({ to, frame }) => {
        const { frames, behind } = queueFor(to)
        frames.push(frame)
        return frames.splice(0, Math.max(0, frames.length - behind))
      }
    }
  }
}
