import type { EntryDraft } from '@quorate/contracts'
import { LIMITS } from '@quorate/core'
import { answerText, type Answer, type Asks } from '../asks.ts'

/** What became of one record. */
export type RecordOutcome =
  | { readonly ok: true; readonly sequence: number; readonly digest: string }
  | { readonly ok: false; readonly code: string }

/** Code of an outcome that is not known: the daemon stopped first. */
export const STOPPED = 'stopped'
/** Code of a record that did not fit into the queue. */
export const QUEUE_FULL = 'pool-full'

/** Bundles records into submissions, so that load turns into larger submissions: one signature, one fsync each. */
export interface RecordSubmitter {
  /** Never throws; every record is settled once. */
  add(draft: EntryDraft, settle: (outcome: RecordOutcome) => void): void
  readonly waiting: number
}

export interface RecordSubmitterInit {
  readonly asks: Pick<Asks, 'send'>
  /** Runs the work after what has come in at the same time was added. */
  readonly soon: (work: () => void) => void
  /** Submissions on their way at a time; what comes meanwhile makes the next one larger. Default 8. */
  readonly submissionsMax?: number
  /** Largest submission, in bytes of bodies; a larger single record goes alone. Default 256 KiB. */
  readonly bytesMax?: number
  /** Records that may wait, and the bytes of their bodies. Default 65536 and 64 MiB. */
  readonly waitingMax?: number
  readonly waitingBytesMax?: number
}

interface Waiting {
  readonly draft: EntryDraft
  readonly settle: (outcome: RecordOutcome) => void
}

interface RecordQueue {
  readonly size: number
  push(record: Waiting): boolean
  /** As many as one submission carries, at least one. */
  take(bytesMax: number): Waiting[]
}

/** First in, first out, bounded in records and bytes; taking many costs one slice. */
const createRecordQueue = (recordsMax: number, bytesMax: number): RecordQueue => {
  let records: Waiting[] = []
  let bytes = 0
  return {
    get size() {
      return records.length
    },
    push: record => {
      if (records.length >= recordsMax || bytes + record.draft.body.length > bytesMax) return false
      bytes += record.draft.body.length
      records.push(record)
      return true
    },
    take: submissionBytesMax => {
      const count = countThatFit(records, submissionBytesMax)
      const taken = records.slice(0, count)
      records = records.slice(count)
      for (const { draft } of taken) bytes -= draft.body.length
      return taken
    }
  }
}

const countThatFit = (records: readonly Waiting[], bytesMax: number): number => {
  let [count, bytes] = [0, 0]
  for (const { draft } of records) {
    bytes += draft.body.length
    if (count > 0 && (bytes > bytesMax || count === LIMITS.entriesPerSubmissionMax)) break
    count += 1
  }
  return count
}

export const createRecordSubmitter = (init: RecordSubmitterInit): RecordSubmitter => {
  const { submissionsMax = 8, bytesMax = 256 * 1024 } = init
  const queue = createRecordQueue(init.waitingMax ?? 65_536, init.waitingBytesMax ?? 64 * 1024 * 1024)
  let [underWay, scheduled] = [0, false]

  const submit = (records: readonly Waiting[]): void => {
    underWay += 1
    const end = (answer: Answer | undefined): void => {
      underWay -= 1
      settleAll(records, answer)
      flush()
    }
    const drafts = records.map(({ draft }) => draft)
    try {
      init.asks.send(token => ({ name: 'consensus.submit', payload: { drafts, token } }), end)
    } catch (error) {
      underWay -= 1
      const code = (error as { code?: string }).code === 'QRT_OVERLOADED' ? QUEUE_FULL : STOPPED
      for (const { settle } of records) settle({ ok: false, code })
    }
  }

  const flush = (): void => {
    scheduled = false
    for (let free = submissionsMax - underWay; free > 0 && queue.size > 0; free--)
      submit(queue.take(bytesMax))
  }

  return {
    add: (draft, settle) => {
      if (!queue.push({ draft, settle })) return settle({ ok: false, code: QUEUE_FULL })
      if (scheduled || underWay >= submissionsMax) return
      scheduled = true
      init.soon(flush)
    },
    get waiting() {
      return queue.size
    }
  }
}

const settleAll = (records: readonly Waiting[], answer: Answer | undefined): void => {
  if (answer?.type !== 'submission-executed') {
    const code = answer === undefined ? STOPPED : answerText(answer, 'code')
    for (const { settle } of records) settle({ ok: false, code })
    return
  }
  const digests = answer.data['digests'] as readonly string[]
  const sequence = answer.data['sequence'] as number
  for (const [i, { settle }] of records.entries()) {
    settle({ ok: true, sequence: sequence + i, digest: digests[i] as string })
  }
}
