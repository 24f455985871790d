import type { ProposalValidator } from '@quorate/contracts'
import { LIMITS, utf8, type Ballot, type Proposal } from '@quorate/core'

type Judgement = Pick<Ballot, 'verdict' | 'confidencePpm' | 'reason' | 'options'>

/** A validator is a plugin: what it says is made to fit into a ballot. */
const judgement = (verdict: Ballot['verdict'], confidencePpm: number, reason: string): Judgement => ({
  verdict,
  confidencePpm: Math.trunc(Math.min(1_000_000, Math.max(0, confidencePpm))) || 0,
  reason: clip(reason),
  options: []
})

/** As much of the text as a ballot's reason may hold; no character takes more than three bytes per code unit. */
const clip = (reason: string): string =>
  utf8(reason).length <= LIMITS.reasonBytesMax ? reason : reason.slice(0, LIMITS.reasonBytesMax / 3)

/**
 * What the validators make of a proposal: the first that rejects decides; otherwise accepted with the lowest confidence
 * of those that have an opinion. Without any opinion the proposal is accepted as well formed, with full confidence.
 */
export const judge = (validators: readonly ProposalValidator[], proposal: Proposal): Judgement => {
  const data = readData(proposal.data)
  if (data === undefined) return judgement('reject', 1_000_000, 'the data is not JSON')
  let confidence = 1_000_000
  const reasons: string[] = []
  for (const validator of validators) {
    const opinion = validator.judge({ statement: proposal.statement, data: data.value })
    if (opinion.verdict.outcome === 'reject') {
      return judgement('reject', opinion.confidencePpm, `${validator.name}: ${opinion.reason}`)
    }
    if (opinion.verdict.outcome === 'ignore') continue
    confidence = Math.min(confidence, opinion.confidencePpm)
    reasons.push(`${validator.name}: ${opinion.reason}`)
  }
  return judgement('accept', confidence, reasons.length > 0 ? reasons.join('; ') : 'well formed')
}

/** Undefined when the text is not JSON. */
const readData = (text: string | null): { readonly value: unknown } | undefined => {
  if (text === null) return { value: null }
  try {
    return { value: JSON.parse(text) as unknown }
  } catch {
    return undefined
  }
}
