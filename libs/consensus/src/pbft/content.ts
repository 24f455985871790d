import type { Batch, Submission } from '@quorate/contracts'
import { decodeSubmission, encodeHeader, headerFits } from '@quorate/core'
import { readHeader } from './certificates.ts'
import type { Pbft } from './context.ts'
import type { ContentBody } from './messages.ts'

/** The submission in a frame. One that waits in the pool was read, and its entries hashed, before. */
const readSubmission = (p: Pbft, frame: Uint8Array): Submission | undefined => {
  const opened = p.signing.open(frame)
  return opened.ok ? (p.pool.get(opened.envelope.digest) ?? decodeSubmission(opened.envelope)) : undefined
}

/** Opens every submission of a batch; undefined when one is not validly signed or not readable. */
export const readSubmissions = (p: Pbft, frames: readonly Uint8Array[]): Submission[] | undefined => {
  const submissions: Submission[] = []
  for (const frame of frames) {
    const submission = readSubmission(p, frame)
    if (!submission) return undefined
    submissions.push(submission)
  }
  return submissions
}

/** The batch that header and submissions make, when they belong together. */
export const readBatch = (p: Pbft, body: ContentBody): Batch | undefined => {
  const named = readHeader(body.header)
  const known = named && p.state.contents.get(named.digest)
  if (known) return known
  const submissions = named && readSubmissions(p, body.submissions)
  return named && submissions && headerFits(named.header, submissions) ? { ...named, submissions } : undefined
}

export const contentOf = ({ header, submissions }: Batch): ContentBody => ({
  header: encodeHeader(header),
  submissions: submissions.map(({ frame }) => frame)
})
