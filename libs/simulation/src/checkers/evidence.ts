import type { Entry } from '@quorate/contracts'
import {
  EVIDENCE_KIND,
  conflictOf,
  decodeCbor,
  decodeSubmission,
  evidenceShape,
  type Conflict
} from '@quorate/core'
import type { Bench, Checker, PutRow } from './checker.ts'
import { openSubmission } from './execute-once.ts'

/** Where nodes keep their own submissions until those are ordered. */
const OWN = 'pool/own'

/**
 * Evidence on the ledger proves what it says and never accuses an honest node; a conflict that an honest node has
 * noticed is on the ledger in the end.
 */
export const evidence: Checker = bench => {
  const noticed = new Map<string, string>()
  const recorded = new Set<string>()
  const seen = new Set<string>()

  const record = (entry: Entry, seq: number): void => {
    const conflict = conflictIn(bench, entry)
    if (!conflict) return bench.violated('evidence', `batch ${seq} holds evidence that proves nothing`)
    recorded.add(nameOf(conflict))
    if (bench.honest.has(conflict.peerId))
      bench.violated('evidence', `batch ${seq} accuses ${conflict.peerId} of two ${conflict.type}`)
  }

  return {
    put: {
      [OWN]: (node, row) => {
        for (const conflict of conflictsSubmitted(bench, row)) {
          const name = nameOf(conflict)
          if (!noticed.has(name)) noticed.set(name, node)
        }
      }
    },
    executed: (_, { digest, header, submissions }) => {
      if (seen.has(digest)) return
      seen.add(digest)
      for (const entry of evidenceIn(bench, submissions)) record(entry, header.seq)
    },
    ended: () => {
      for (const [name, node] of noticed)
        if (!recorded.has(name))
          bench.violated('evidence', `${node} noticed a conflict that is not on the ledger: ${name}`)
    }
  }
}

/** A voter is convicted once for each kind of vote, and once for its ballots on a proposal. */
const nameOf = ({ peerId, type, seq, evidenceId }: Conflict): string =>
  seq === null ? `${type} of ${peerId}, ${evidenceId}` : `${type} of ${peerId}`

const evidenceIn = (bench: Bench, frames: readonly Uint8Array[]): Entry[] =>
  frames
    .flatMap(frame => openSubmission(bench.open, frame)?.entries ?? [])
    .filter(({ kind }) => kind === EVIDENCE_KIND)

const conflictIn = (bench: Bench, entry: Entry): Conflict | undefined => {
  const body = decodeCbor(entry.body)
  const pair = body === undefined ? undefined : evidenceShape.decode(body)
  const [a, b] = pair ? [bench.open(pair.first), bench.open(pair.second)] : []
  return a?.ok && b?.ok ? conflictOf(a.envelope, b.envelope) : undefined
}

const conflictsSubmitted = (bench: Bench, { value }: PutRow): Conflict[] => {
  const opened = bench.open(value)
  const entries = (opened.ok && decodeSubmission(opened.envelope)?.entries) || []
  return entries.flatMap(entry => (entry.kind === EVIDENCE_KIND ? (conflictIn(bench, entry) ?? []) : []))
}
