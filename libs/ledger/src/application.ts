import type {
  Application,
  Batch,
  BatchLimits,
  Digest,
  LedgerEvent,
  LedgerModule,
  Selection,
  Submission,
  TimeMs,
  Verdict,
  VoterSet
} from '@quorate/contracts'
import { ACCEPT, ignore, reject } from '@quorate/contracts'
import { LIMITS, createBatch, headerDigest, headerFits, invariant } from '@quorate/core'
import { DEDUPE_MODULE, isExecuted } from './dedupe.ts'
import { executeAll, executeSubmission, type ModulesByKind, type Place } from './execute.ts'
import type { StateLayer } from './state-layer.ts'

/** The last batch that a layer has executed. */
export interface Head {
  readonly seq: number
  readonly digest: Digest
  readonly time: TimeMs
  readonly entries: number
}

interface Executed {
  readonly head: Head
  readonly parent: Digest
  readonly layer: StateLayer
  readonly events: readonly LedgerEvent[]
}

export interface LedgerApplicationInit {
  readonly modules: readonly LedgerModule[]
  /** The state as executed, which `commit` moves on. */
  readonly base: StateLayer
  readonly head: Head
  /** The voter set in force on a state. */
  voters(state: StateLayer): VoterSet
}

/** The `Application` that consensus talks to, and what the ledger machine needs beside it. */
export interface LedgerApplication extends Application {
  /** Makes a decided batch permanent; it must lie directly on the head. Gives its events and its writes. */
  commit(batch: Batch): { readonly events: readonly LedgerEvent[]; readonly layer: StateLayer }
}

/**
 * Executes batches on layers over the agreed state. Results of batches that are not decided are kept by digest until
 * they are committed or forgotten. Bounds: one layer per undecided batch, which the strategy's window bounds.
 */
export const createLedgerApplication = (init: LedgerApplicationInit): LedgerApplication => {
  const modules: ModulesByKind = new Map(
    init.modules.flatMap(module => module.kinds.map(kind => [kind, module]))
  )
  const speculative = new Map<Digest, Executed>()
  let head = init.head

  const on = (digest: Digest): Pick<Executed, 'head' | 'layer'> | undefined =>
    digest === head.digest ? { head, layer: init.base } : speculative.get(digest)

  const placeAfter = (parent: Head, layer: StateLayer, time: TimeMs): Place => ({
    seq: parent.seq + 1,
    parent: parent.digest,
    time,
    base: parent.entries,
    voters: init.voters(layer),
    modules
  })

  const remember = (batch: Batch, layer: StateLayer, events: readonly LedgerEvent[]): void => {
    const { seq, parent, time, base, count } = batch.header
    const after: Head = { seq, digest: batch.digest, time, entries: base + count }
    speculative.set(batch.digest, { head: after, parent, layer, events })
  }

  const propose = (
    parentDigest: Digest,
    candidates: readonly Submission[],
    limits: BatchLimits
  ): Selection => {
    const parent = on(parentDigest)
    if (!parent) return { batch: undefined, refused: [] }
    const place = placeAfter(parent.head, parent.layer, Math.max(limits.time, parent.head.time))
    const layer = parent.layer.over()
    const chosen = choose(layer, candidates, { place, limits })
    if (chosen.submissions.length === 0) return { batch: undefined, refused: chosen.refused }
    const batch = createBatch(place, chosen.submissions)
    remember(batch, layer, chosen.events)
    return { batch, refused: chosen.refused }
  }

  const check = (batch: Batch): Verdict => {
    if (speculative.has(batch.digest)) return ACCEPT
    const parent = on(batch.header.parent)
    if (!parent) return ignore('batch-parent-unknown')
    const code = headerFault(batch, parent.head)
    if (code !== undefined) return reject(code)
    const layer = parent.layer.over()
    const place = placeAfter(parent.head, parent.layer, batch.header.time)
    const { verdict, events } = executeAll(layer, batch.submissions, place)
    if (verdict.outcome === 'accept') remember(batch, layer, events)
    return verdict
  }

  /**
   * Drops results at or below the head and what is built on them, and lays those directly above it on the base, so that
   * no layer outlives its use. A parent always stands before its children.
   */
  const settle = (): void => {
    for (const [digest, { head: at, parent, layer }] of speculative) {
      if (parent === head.digest) layer.rebase(init.base)
      else if (at.seq <= head.seq || !speculative.has(parent)) speculative.delete(digest)
    }
  }

  const commit = (batch: Batch): { events: readonly LedgerEvent[]; layer: StateLayer } => {
    invariant(
      batch.header.parent === head.digest,
      `batch ${batch.header.seq} does not follow the head ${head.seq}`
    )
    const verdict = check(batch)
    invariant(
      verdict.outcome === 'accept',
      `a quorum decided batch ${batch.header.seq}, which is not valid here`
    )
    const executed = speculative.get(batch.digest) as Executed
    init.base.absorb(executed.layer)
    head = executed.head
    settle()
    return executed
  }

  const judge = (submission: Submission, time: TimeMs): Verdict => {
    const place = placeAfter(head, init.base, Math.max(time, head.time))
    return executeSubmission(init.base.over(), submission, place).verdict
  }

  return {
    head: () => head,
    voters: () => init.voters(init.base),
    propose,
    check,
    judge,
    isExecuted: ({ author, counter }) => isExecuted(init.base.reader(DEDUPE_MODULE), author, counter),
    forget: () => speculative.clear(),
    commit
  }
}

const headerFault = ({ header, digest, submissions }: Batch, parent: Head): string | undefined => {
  if (header.seq !== parent.seq + 1) return 'batch-seq-wrong'
  // Nobody needs one, and a primary could fill the ledger with them.
  if (header.count === 0) return 'batch-empty'
  if (header.base !== parent.entries) return 'batch-base-wrong'
  if (header.time < parent.time) return 'batch-time-goes-back'
  if (digest !== headerDigest(header) || !headerFits(header, submissions)) return 'batch-digest-wrong'
  return undefined
}

interface Chosen {
  readonly submissions: readonly Submission[]
  readonly events: readonly LedgerEvent[]
  readonly refused: Selection['refused']
}

/** Takes candidates in order while they are valid and fit; a candidate that is not valid leaves no trace. */
const choose = (
  layer: StateLayer,
  candidates: readonly Submission[],
  room: { readonly place: Place; readonly limits: BatchLimits }
): Chosen => {
  const { place, limits } = room
  const submissions: Submission[] = []
  const events: LedgerEvent[] = []
  const refused: { submission: Submission; code: string }[] = []
  let [entries, bytes] = [0, 0]
  for (const submission of candidates) {
    const full =
      submissions.length === LIMITS.submissionsPerBatchMax ||
      entries + submission.entries.length > limits.entriesMax ||
      bytes + submission.frame.length > limits.bytesMax
    if (full && submissions.length > 0) break
    const attempt = layer.over()
    const result = executeSubmission(attempt, submission, { ...place, base: place.base + entries })
    if (result.verdict.outcome === 'reject') refused.push({ submission, code: result.verdict.code })
    if (result.verdict.outcome !== 'accept') continue
    layer.absorb(attempt)
    submissions.push(submission)
    events.push(...result.events)
    entries += submission.entries.length
    bytes += submission.frame.length
  }
  return { submissions, events, refused }
}
