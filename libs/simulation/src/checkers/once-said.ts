import type { CborValue, Envelope, PeerId } from '@quorate/contracts'
import { BALLOT_KIND, SUBMISSION_KIND, toHex, voteShape } from '@quorate/core'
import type { Bench, Checker } from './checker.ts'

/**
 * No honest equivocation, across crashes: one vote per kind, view and sequence number, one ballot per proposal, one
 * submission per counter, one VIEW-CHANGE and one NEW-VIEW per view. Stricter than the law: the same signed bytes each time,
 * because nothing is signed twice. Votes that travel inside other messages count as said.
 */
export const onceSaid: Checker = bench => {
  const known = new Map<string, string>()

  const check = (node: PeerId, { kind, digest, body }: Envelope): void => {
    const place = placeOf(kind, body)
    if (place === undefined) return
    const key = `${node} ${kind} ${place}`
    const before = known.get(key) ?? digest
    known.set(key, before)
    if (before !== digest) bench.violated('no-honest-equivocation', key)
  }

  return {
    said: (node, envelope) => {
      check(node, envelope)
      for (const inner of ownInside(bench, node, envelope)) check(node, inner)
    }
  }
}

const first = (body: CborValue): CborValue => (Array.isArray(body) ? (body[0] as CborValue) : null)

/** What the message is about, of which its author may say only one thing. */
const placeOf = (kind: string, body: CborValue): string | undefined => {
  const vote = voteShape.decode(body)
  if (vote) return `epoch ${vote.epoch} view ${vote.view} seq ${vote.seq}`
  if (kind === BALLOT_KIND) return `on ${toHex(first(body) as Uint8Array).slice(0, 8)}`
  if (kind === SUBMISSION_KIND) return `counter ${first(body) as number}`
  if (/\/(view-change|new-view)$/.test(kind) && Array.isArray(body))
    return `epoch ${body[0] as number} view ${body[2] as number}`
  return undefined
}

/** Kinds that carry messages of their own author: a PRE-PREPARE with its batch, the set O of a NEW-VIEW. */
const ownInside = (bench: Bench, node: PeerId, { kind, body }: Envelope): Envelope[] => {
  if (!Array.isArray(body)) return []
  const frames = kind.endsWith('/propose') ? [body[0]] : kind.endsWith('/new-view') ? body[4] : []
  return (frames as Uint8Array[]).flatMap(frame => {
    const opened = bench.open(frame)
    return opened.ok && opened.envelope.author === node ? [opened.envelope] : []
  })
}
