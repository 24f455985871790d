import type { Digest } from '@quorate/contracts'
import { sha256, utf8, voteShape, BALLOT_KIND } from '@quorate/core'
import type { Lie } from './liar.ts'
import { openOwn, resign, withField, type Body } from './wire.ts'

const VOTE = /\/(prepare|commit|checkpoint)$/

/** A batch that nobody has proposed. */
const other = (digest: Digest): Digest => sha256(utf8(`not ${digest}`))

/** Votes for whatever the peer was told; where there is no second story, for something that nobody has proposed. */
export const twoVotes: Lie = {
  name: 'two-votes',
  create: ({ signing, plot }) => ({
    tamper: ({ to, frame }) => {
      const message = openOwn(signing, frame, VOTE)
      const vote = message && voteShape.decode(message.body)
      if (!message || !vote) return [frame]
      const told = plot.told(vote.digest, to)
      const digest = told === vote.digest && plot.second.has(to) ? other(told) : told
      return [resign(signing, message, voteShape.encode({ ...vote, digest }))]
    }
  })
}

/** Votes for each side of a story that two primaries, or one, have told: the most that a liar can do for a fork. */
export const supportBoth: Lie = {
  name: 'support-both',
  create: ({ signing, plot }) => ({
    tamper: ({ to, frame }) => {
      const message = openOwn(signing, frame, VOTE)
      const vote = message && voteShape.decode(message.body)
      if (!message || !vote) return [frame]
      return [resign(signing, message, voteShape.encode({ ...vote, digest: plot.told(vote.digest, to) }))]
    }
  })
}

/** Votes and ballots for an epoch that is not: votes begin with it, a ballot has it second. */
export const wrongEpoch: Lie = {
  name: 'wrong-epoch',
  create: ({ signing, prng }) => ({
    tamper: ({ frame }) => {
      const vote = openOwn(signing, frame, /\/(prepare|commit|checkpoint|view-change|new-view)$/)
      const message = vote ?? openOwn(signing, frame, new RegExp(`^${BALLOT_KIND}$`))
      if (!message || prng.chance(500_000)) return [frame]
      const index = vote ? 0 : 1
      const epoch = (message.body as Body)[index] as number
      return [resign(signing, message, withField(message.body, index, epoch + 1))]
    }
  })
}

/** Accepts here, rejects there: body [proposal, epoch, voter set, verdict, ...]. */
export const twoBallots: Lie = {
  name: 'two-ballots',
  create: ({ signing, plot }) => ({
    tamper: ({ to, frame }) => {
      const message = openOwn(signing, frame, new RegExp(`^${BALLOT_KIND}$`))
      if (!message || !plot.second.has(to)) return [frame]
      const verdict = (message.body as Body)[3] === 'accept' ? 'reject' : 'accept'
      return [resign(signing, message, withField(message.body, 3, verdict))]
    }
  })
}
