import type { Digest } from '@quorate/contracts'
import { decodeCbor, decodeHeader, headerDigest, voteShape } from '@quorate/core'
import type { Bench, Checker, PutRow } from './checker.ts'

interface Certified {
  readonly view: number
  readonly digest: Digest
}

/** Where pbft keeps its prepared certificates: [header, PRE-PREPARE, PREPAREs]. */
const PREPARED = 'pbft/prepared'

/**
 * Committed in view v implies that whatever is prepared at the same place in a later view is the same batch. This is the
 * inductive step of PBFT's safety: it breaks long before two ledgers differ.
 * Source: Castro and Liskov 1999, section 4.5.1.
 */
export const preparedAfterCommitted: Checker = bench => {
  const decided = new Map<number, Certified>()
  const prepared = new Map<number, Certified[]>()

  const compare = (seq: number, { view, digest }: Certified, later: Certified): void => {
    if (later.view >= view && later.digest !== digest)
      bench.violated(
        'prepared',
        `seq ${seq} was decided in view ${view}; another is prepared in ${later.view}`
      )
  }

  const note = (seq: number, item: Certified): void => {
    prepared.set(seq, [...(prepared.get(seq) ?? []), item])
    const known = decided.get(seq)
    if (known) compare(seq, known, item)
  }

  return {
    put: { [PREPARED]: (_, row) => readRow(bench, row, note) },
    executed: (_, { header: { seq }, view, digest }) => {
      const earliest = decided.get(seq)
      if (earliest && earliest.view <= view) return
      decided.set(seq, { view, digest })
      for (const item of prepared.get(seq) ?? []) compare(seq, { view, digest }, item)
    }
  }
}

const readRow = (bench: Bench, row: PutRow, note: (seq: number, item: Certified) => void): void => {
  const [bytes, frame] = decodeCbor(row.value) as unknown as [Uint8Array, Uint8Array]
  const header = decodeHeader(bytes)
  const opened = bench.open(frame)
  const vote = opened.ok ? voteShape.decode(opened.envelope.body) : undefined
  if (header && vote) note(header.seq, { view: vote.view, digest: headerDigest(header) })
}
