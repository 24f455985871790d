import type { Envelope, EntryDraft, Signing, Submission } from '@quorate/contracts'
import {
  BALLOT_KIND,
  DECISION_KIND,
  EVIDENCE_KIND,
  PROPOSAL_KIND,
  SUBMISSION_KIND,
  createBatch,
  decisionShape,
  decodeSubmission,
  encodeCbor,
  encodeHeader,
  encodeSubmission,
  evidenceShape,
  type Prng
} from '@quorate/core'
import type { Lie } from './liar.ts'
import { openOwn, readHeader, resign, resignVote, type Body } from './wire.ts'

const KEPT_MAX = 200

/** Far above what the liar's own node will ever count to. */
const FIRST_COUNTER = 1_000_000_000

/** Entries that must never be ordered, made of what others have said. */
const forbidden = (prng: Prng, heard: readonly Envelope[]): EntryDraft => {
  const of = (kind: string): Uint8Array =>
    prng.pick(heard.filter(envelope => envelope.kind === kind).map(({ frame }) => frame)) ?? new Uint8Array(1)
  const any = (): Uint8Array => prng.pick(heard)?.frame ?? new Uint8Array(1)
  const decision = { proposal: of(PROPOSAL_KIND), outcome: 'accepted' as const, ballots: [of(BALLOT_KIND)] }
  return prng.pick([
    { kind: DECISION_KIND, body: encodeCbor(decisionShape.encode(decision)) },
    { kind: EVIDENCE_KIND, body: encodeCbor(evidenceShape.encode({ first: any(), second: any() })) },
    { kind: 'nobody-knows-this', body: new Uint8Array() }
  ])
}

const readSubmissions = (signing: Signing, frames: Body): Submission[] =>
  frames.flatMap(frame => {
    const opened = signing.open(frame as Uint8Array)
    return (opened.ok && decodeSubmission(opened.envelope)) || []
  })

/**
 * As primary: adds to its batch what no honest voter may accept: a decision without enough ballots, evidence that proves
 * nothing, an entry that was executed before.
 */
export const smuggle: Lie = {
  name: 'smuggle',
  create: ({ signing, prng }) => {
    const heard: Envelope[] = []
    let counter = FIRST_COUNTER

    const smuggled = (): Submission => {
      const old = heard.filter(({ kind }) => kind === SUBMISSION_KIND)
      const envelope =
        old.length > 0 && prng.chance(400_000)
          ? prng.pick(old)
          : signing.sign(SUBMISSION_KIND, encodeSubmission(++counter, [forbidden(prng, heard)]))
      return decodeSubmission(envelope) as Submission
    }

    return {
      overhear: frame => {
        const opened = signing.open(frame)
        if (opened.ok && heard.length < KEPT_MAX) heard.push(opened.envelope)
      },
      tamper: ({ frame }) => {
        const message = openOwn(signing, frame, /\/propose$/)
        const [prePrepare, bytes, frames] = (message?.body ?? []) as Body
        const header = readHeader(bytes)
        if (!message || !header || !prng.chance(300_000)) return [frame]
        const batch = createBatch(header, [...readSubmissions(signing, frames as Body), smuggled()])
        const { digest } = batch
        const vote = resignVote(signing, prePrepare as Uint8Array, { digest })
        const content = batch.submissions.map(submission => submission.frame)
        return [resign(signing, message, [vote, encodeHeader(batch.header), content])]
      }
    }
  }
}
