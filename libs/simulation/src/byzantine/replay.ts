import type { Lie } from './liar.ts'

const KEPT_MAX = 300

/** Says old things again: own ones of earlier views, and those of others. */
export const replay: Lie = {
  name: 'replay',
  create: ({ prng }) => {
    const kept: Uint8Array[] = []
    const keep = (frame: Uint8Array): void => {
      if (kept.length < KEPT_MAX) kept.push(frame)
      else kept[prng.int(0, KEPT_MAX - 1)] = frame
    }
    return {
      overhear: keep,
      tamper: ({ frame }) => {
        keep(frame)
        return prng.chance(150_000) ? [frame, prng.pick(kept), prng.pick(kept)] : [frame]
      }
    }
  }
}
