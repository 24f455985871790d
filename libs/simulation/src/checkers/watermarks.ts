import type { PeerId } from '@quorate/contracts'
import { decodeCbor, voteShape } from '@quorate/core'
import type { Bench, Checker } from './checker.ts'

/** Where pbft keeps its last stable checkpoint (`stable` -> [seq, ...]) and the NEW-VIEW of its view (`new-view` -> frame). */
const META = 'pbft/meta'

/**
 * Nobody votes past the high watermark, two checkpoint intervals above its own last stable checkpoint, except on what a NEW-VIEW
 * makes it vote on: that stands right above what is decided, and is bounded by the window.
 * Source: Castro and Liskov 1999, section 4.2 (h < n <= H).
 */
export const watermarks =
  (checkpointInterval: number): Checker =>
  bench => {
    const stable = new Map<PeerId, number>()
    const mandated = new Map<PeerId, ReadonlySet<string>>()
    return {
      put: {
        [META]: (node, { key, value }) => {
          if (key === 'stable') stable.set(node, (decodeCbor(value) as [number])[0])
          if (key === 'new-view') mandated.set(node, placesOf(bench, value))
        }
      },
      said: (node, { kind, body }) => {
        const vote = /\/(prepare|commit)$/.test(kind) ? voteShape.decode(body) : undefined
        const high = (stable.get(node) ?? 0) + 2 * checkpointInterval
        if (!vote || vote.seq <= high || mandated.get(node)?.has(`${vote.view}/${vote.seq}`)) return
        bench.violated('watermark', `${node} votes at ${vote.seq}, its high watermark is ${high}`)
      }
    }
  }

/** `view/seq` of each PRE-PREPARE in a NEW-VIEW: [epoch, voter set, view, VIEW-CHANGEs, PRE-PREPAREs]. */
const placesOf = (bench: Bench, frame: Uint8Array): ReadonlySet<string> => {
  const opened = bench.open(frame)
  const body = opened.ok ? (opened.envelope.body as readonly unknown[]) : []
  const votes = ((body[4] ?? []) as Uint8Array[]).map(inner => bench.open(inner))
  return new Set(
    votes.flatMap(inner => {
      const vote = inner.ok ? voteShape.decode(inner.envelope.body) : undefined
      return vote ? [`${vote.view}/${vote.seq}`] : []
    })
  )
}
