import type { Signing } from '@quorate/contracts'
import { voteShape } from '@quorate/core'

/** A message on one line: its kind, its author, and what it votes for. */
export const describeFrame = (open: Signing['open'], frame: Uint8Array): string => {
  const opened = open(frame)
  if (!opened.ok) return `${frame.length} bytes that do not open`
  const { kind, author, body, digest } = opened.envelope
  const vote = voteShape.decode(body)
  const about = vote
    ? `view ${vote.view} seq ${vote.seq} ${vote.digest.slice(0, 8)}`
    : `${digest.slice(0, 8)}, ${frame.length} bytes`
  return `${kind} of ${author}: ${about}`
}
