import { awardShape } from '@quorate/auction'
import {
  AWARD_KIND,
  SUBMISSION_KIND,
  decodeCbor,
  decodeSubmission,
  encodeCbor,
  encodeSubmission
} from '@quorate/core'
import type { Lie } from './liar.ts'
import { openOwn, resign } from './wire.ts'

/** Awards to itself, or to nobody, what others have won. */
export const falseAward: Lie = {
  name: 'false-award',
  create: ({ signing, prng }) => ({
    tamper: ({ frame }) => {
      const message = openOwn(signing, frame, new RegExp(`^${SUBMISSION_KIND}$`))
      const submission = message && decodeSubmission(message)
      const [entry] = submission?.entries ?? []
      const award = entry?.kind === AWARD_KIND ? awardShape.decode(decodeCbor(entry.body) ?? null) : undefined
      if (!message || !submission || !award) return [frame]
      const mine = { ...award, outcome: 'awarded' as const, winner: `${signing.self}/ada`, payment: 1 }
      const nobody = { ...award, outcome: 'no-bids' as const, winner: null, payment: null }
      const body = encodeCbor(awardShape.encode(prng.pick([mine, nobody])))
      return [resign(signing, message, encodeSubmission(submission.counter, [{ kind: AWARD_KIND, body }]))]
    }
  })
}
