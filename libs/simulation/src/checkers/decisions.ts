import type { Entry } from '@quorate/contracts'
import { DECISION_KIND, checkTally, decisionShape, decodeCbor, type Decision } from '@quorate/core'
import type { Bench, Checker } from './checker.ts'
import { openSubmission } from './execute-once.ts'

/**
 * External validity of decisions: each stands on a tally certificate that anyone can check again; a proposal has one
 * outcome; accepted means that at least q-f honest voters have accepted.
 */
export const decisions: Checker = bench => {
  const outcomes = new Map<string, Decision['outcome']>()
  const seen = new Set<string>()

  const check = (entry: Entry, place: string): void => {
    const body = decodeCbor(entry.body)
    const decision = body === undefined ? undefined : decisionShape.decode(body)
    if (!decision) return bench.violated('validity', `${place}: the decision is not readable`)
    const tally = checkTally(decision, bench.voters, bench.open)
    if ('code' in tally) return bench.violated('validity', `${place}: ${tally.code}`)
    const before = outcomes.get(tally.proposalId)
    outcomes.set(tally.proposalId, decision.outcome)
    if (before !== undefined)
      bench.violated('one-outcome', `${place}: the proposal was ${before} and is ${decision.outcome}`)
    checkHonest(bench, decision.outcome, { place, signers: tally.ballots.map(b => b.envelope.author) })
  }

  return {
    executed: (_, { digest, header, submissions }) => {
      if (seen.has(digest)) return
      seen.add(digest)
      const entries = submissions.flatMap(frame => openSubmission(bench.open, frame)?.entries ?? [])
      for (const entry of entries) if (entry.kind === DECISION_KIND) check(entry, `batch ${header.seq}`)
    }
  }
}

const checkHonest = (
  { voters, honest, violated }: Bench,
  outcome: Decision['outcome'],
  about: { readonly place: string; readonly signers: readonly string[] }
): void => {
  const accepts = about.signers.filter(signer => honest.has(signer)).length
  const needed = voters.quorum - voters.faultTolerance
  if (outcome === 'accepted' && accepts < needed)
    violated('honest-accepts', `${about.place}: accepted by ${accepts} honest voters of ${needed}`)
}
