import type { SubmitRequest } from '@quorate/contracts'
import { submissionOf, type SubmissionBody } from '@quorate/core'
import { tellOutcome } from '../pool/pool.ts'
import { emit, isPrimary, primaryOf, selfVotes, sendTo, voters, type Message, type Pbft } from './context.ts'
import { armRelay } from './timers.ts'

/** Own entries: durable, then on to the primary. What can never be valid is refused at once. */
export const onSubmit = (p: Pbft, request: SubmitRequest): void => {
  const submitted = p.pool.submit(request, p.now)
  if ('code' in submitted) return emit(p, ...tellOutcome(request.token, { verb: 'refused', data: submitted }))
  const { submission, effects } = submitted
  emit(p, ...effects)
  const verdict = request.drafts.length === 1 ? p.application.judge(submission, p.now) : undefined
  if (verdict?.outcome === 'reject') return emit(p, ...p.pool.refused(submission, verdict.code))
  if (!isPrimary(p)) sendTo(p, primaryOf(voters(p), p.state.view), submission.frame)
  armRelay(p)
}

/** Somebody's entries. A backup passes on what it did not know, so that one cut link does not keep it from the primary. */
export const onSubmission = (p: Pbft, message: Message<SubmissionBody>): void => {
  const submission = p.pool.get(message.digest) ? undefined : submissionOf(message)
  if (!submission) return
  // Who does not vote neither proposes nor watches the primary: others' entries would only pile up.
  if (!selfVotes(p) || p.application.isExecuted(submission) || !p.pool.add(submission, p.now)) return
  if (!isPrimary(p)) sendTo(p, primaryOf(voters(p), p.state.view), submission.frame)
}
