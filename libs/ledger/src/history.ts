import type {
  HistoricBatch,
  LedgerHistory,
  LedgerModule,
  Opened,
  PlacedEntry,
  StoreReader,
  Submission
} from '@quorate/contracts'
import { decodeHeader, decodeSubmission, headerDigest, invariant } from '@quorate/core'
import { findBulk, findId } from './ids.ts'
import { findBatch, loadBatch } from './records.ts'

export interface HistoryInit {
  readonly store: StoreReader
  readonly modules: readonly LedgerModule[]
  readonly open: (frame: Uint8Array) => Opened
}

export const createHistory = ({ store, modules, open }: HistoryInit): LedgerHistory => {
  const moduleOf = new Map(modules.flatMap(module => module.kinds.map(kind => [kind, module])))

  const submissionOf = (frame: Uint8Array): Submission => {
    const opened = open(frame)
    const submission = opened.ok ? decodeSubmission(opened.envelope) : undefined
    invariant(submission, 'a stored submission does not open')
    return submission
  }

  const batch = (seq: number): HistoricBatch | undefined => {
    const found = loadBatch(store, seq)
    if (!found) return undefined
    const { certificate, submissions } = found
    const header = decodeHeader(found.header)
    invariant(header, 'a stored batch header is not readable')
    return {
      batch: { header, digest: headerDigest(header), submissions: submissions.map(submissionOf) },
      certificate
    }
  }

  const batchOf = (sequence: number): HistoricBatch | undefined => {
    const seq = findBatch(store, sequence)
    const found = seq === undefined ? undefined : batch(seq)
    return found && sequence <= found.batch.header.base + found.batch.header.count ? found : undefined
  }

  const place = ({ batch: { header, submissions } }: HistoricBatch): PlacedEntry[] =>
    submissions
      .flatMap(submission => submission.entries)
      .map((entry, i) => ({
        sequence: header.base + 1 + i,
        entry,
        id: moduleOf.get(entry.kind)?.idOf(entry) ?? entry.digest,
        time: header.time
      }))

  const entries = (since: number, limit: number): PlacedEntry[] => {
    const result: PlacedEntry[] = []
    for (let next = since + 1; result.length < limit;) {
      const found = batchOf(next)
      if (!found) break
      const placed = place(found).filter(({ sequence }) => sequence >= next)
      result.push(...placed.slice(0, limit - result.length))
      next = found.batch.header.base + found.batch.header.count + 1
    }
    return result
  }

  const findInBulk = (id: string): number | undefined => {
    for (const { seq, position } of findBulk(store, id)) {
      const found = batch(seq)
      const placed = found && place(found)[position]
      if (placed?.id === id) return placed.sequence
    }
    return undefined
  }

  return {
    batch,
    raw: seq => loadBatch(store, seq),
    batchOf,
    entries,
    entry: sequence => entries(sequence - 1, 1)[0],
    find: id => findId(store, id) ?? findInBulk(id)
  }
}
