import type { Digest, PeerId, Verdict } from '@quorate/contracts'
import { ACCEPT } from '@quorate/contracts'
import { BoundedMap } from '@quorate/core'

/** How a frame was judged, when, and which peers have handed it over by a stream since. */
interface SeenFrame {
  readonly verdict: Verdict
  readonly own: boolean
  readonly atMs: number
  /** Usually one or two; bounded by the number of connected members. */
  readonly by: PeerId[]
}

/**
 * Remembers frames, so that one which arrives over several paths is judged once.
 *
 * A stream is reliable and ordered, therefore a peer that sends the same bytes twice over its stream means it: that,
 * and anything that comes again after `repeatAfterMs`, is judged again. Without it, a request whose answer was lost
 * could never be repeated, because signing is deterministic and the bytes are the same (docs/protocol/wire.md, W104).
 */
export interface Seen {
  /** The verdict that still stands, or undefined when the frame is to be judged. Notes who delivered. */
  standing(digest: Digest, from: PeerId): Verdict | undefined
  /** The last verdict, whatever its age and deliverer. For gossip, which never repeats within its own memory. */
  last(digest: Digest): Verdict | undefined
  record(digest: Digest, verdict: Verdict, from?: PeerId): void
  /** Notes a frame of our own, which is never judged; false when it was noted before. */
  recordOwn(digest: Digest): boolean
}

export interface SeenInit {
  readonly entriesMax: number
  readonly repeatAfterMs: number
  readonly now: () => number
}

export const createSeen = ({ entriesMax, repeatAfterMs, now }: SeenInit): Seen => {
  const frames = new BoundedMap<Digest, SeenFrame>(entriesMax)
  return {
    standing(digest, from) {
      const frame = frames.get(digest)
      if (frame === undefined) return undefined
      if (frame.own) return frame.verdict
      if (frame.by.includes(from) || now() - frame.atMs > repeatAfterMs) return undefined
      frame.by.push(from)
      return frame.verdict
    },
    last: digest => frames.get(digest)?.verdict,
    record(digest, verdict, from) {
      const own = frames.get(digest)?.own ?? false
      frames.set(digest, { verdict, own, atMs: now(), by: from === undefined ? [] : [from] })
    },
    recordOwn(digest) {
      const known = frames.get(digest)?.own ?? false
      frames.set(digest, { verdict: ACCEPT, own: true, atMs: now(), by: [] })
      return !known
    }
  }
}
