import type { Digest, PeerId, Submission } from '@quorate/contracts'
import { POOL_BYTES_MAX, POOL_BYTES_PER_AUTHOR_MAX, POOL_PER_AUTHOR_MAX } from './pending.ts'

interface Load {
  bytes: number
  /** In the order in which they came. */
  readonly waiting: Set<Digest>
}

/** How much of the pool each author takes, and who has to give way when it is full. */
export interface Quotas {
  readonly bytes: number
  add(submission: Submission): void
  remove(submission: Submission): void
  fits(submission: Submission): boolean
  /** The author's oldest submission. */
  oldest(author: PeerId): Digest | undefined
  /** What has to go for this one to fit: the author's own oldest, or the oldest of who takes the most. */
  victim(submission: Submission): Digest | undefined
}

/** `self` never gives way: its submissions are promised to this node's users. */
export const createQuotas = (self: PeerId): Quotas => {
  const loads = new Map<PeerId, Load>()
  let total = 0

  const oldest = (author: PeerId): Digest | undefined => {
    const [first] = loads.get(author)?.waiting ?? []
    return first
  }

  const fitsAuthor = ({ author, frame }: Submission): boolean => {
    const load = loads.get(author)
    return (
      !load ||
      (load.bytes + frame.length <= POOL_BYTES_PER_AUTHOR_MAX && load.waiting.size < POOL_PER_AUTHOR_MAX)
    )
  }

  const heaviest = (): readonly [PeerId, Load] | undefined =>
    [...loads]
      .filter(([author]) => author !== self)
      .reduce<readonly [PeerId, Load] | undefined>(
        (most, next) => (most && most[1].bytes >= next[1].bytes ? most : next),
        undefined
      )

  return {
    get bytes() {
      return total
    },
    add: ({ author, frame, digest }) => {
      const load = loads.get(author) ?? { bytes: 0, waiting: new Set() }
      load.bytes += frame.length
      load.waiting.add(digest)
      total += frame.length
      loads.set(author, load)
    },
    remove: ({ author, frame, digest }) => {
      const load = loads.get(author)
      if (!load?.waiting.delete(digest)) return
      load.bytes -= frame.length
      total -= frame.length
      if (load.waiting.size === 0) loads.delete(author)
    },
    fits: submission => fitsAuthor(submission) && total + submission.frame.length <= POOL_BYTES_MAX,
    oldest,
    victim: submission => {
      const { author, frame } = submission
      if (!fitsAuthor(submission)) return author === self ? undefined : oldest(author)
      const [most, load] = heaviest() ?? []
      const heavier = load && load.bytes > (loads.get(author)?.bytes ?? 0) + frame.length
      return most !== undefined && heavier ? oldest(most) : undefined
    }
  }
}
