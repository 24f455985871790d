import type { PeerId } from '@quorate/contracts'
import { decodeCbor, voteShape } from '@quorate/core'
import type { Checker } from './checker.ts'

/** Where pbft keeps its last stable checkpoint: key `stable` -> [seq]. */
const META = 'pbft/meta'

/**
 * Nobody votes past the high watermark: two checkpoint intervals above its own last stable checkpoint.
 * Source: Castro and Liskov 1999, section 4.2 (h < n <= H).
 */
export const watermarks =
  (checkpointInterval: number): Checker =>
  bench => {
    const stable = new Map<PeerId, number>()
    return {
      put: {
        [META]: (node, { key, value }) => {
          if (key === 'stable') stable.set(node, (decodeCbor(value) as [number])[0])
        }
      },
      said: (node, { kind, body }) => {
        if (!/\/(prepare|commit)$/.test(kind)) return
        const seq = voteShape.decode(body)?.seq ?? 0
        const high = (stable.get(node) ?? 0) + 2 * checkpointInterval
        if (seq > high) bench.violated('watermark', `${node} votes at ${seq}, its high watermark is ${high}`)
      }
    }
  }
