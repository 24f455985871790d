import type {
  Entry,
  LedgerContext,
  LedgerEvent,
  LedgerModule,
  Submission,
  TimeMs,
  Verdict,
  VoterSet,
  Digest
} from '@quorate/contracts'
import { ACCEPT, reject } from '@quorate/contracts'
import { DEDUPE_MODULE, isExecuted, markExecuted } from './dedupe.ts'
import type { StateLayer } from './state-layer.ts'

/** The ledger modules by the entry kinds that they own. */
export type ModulesByKind = ReadonlyMap<string, LedgerModule>

/** Where in the ledger execution stands. */
export interface Place {
  readonly seq: number
  readonly parent: Digest
  readonly time: TimeMs
  /** Entries on the ledger before the submission. */
  readonly base: number
  readonly voters: VoterSet
  readonly modules: ModulesByKind
}

/** What came of an entry or a submission: `events` is there when the verdict is `accept`. */
export interface Executed {
  readonly verdict: Verdict
  readonly events: readonly LedgerEvent[]
}

const refused = (verdict: Verdict): Executed => ({ verdict, events: [] })

/**
 * Executes one submission on the layer, all of its entries or none that counts: when the verdict is not `accept` the
 * caller drops the layer. Source: docs/protocol/consensus.md, "external validity".
 */
export const executeSubmission = (layer: StateLayer, submission: Submission, place: Place): Executed => {
  if (isExecuted(layer.reader(DEDUPE_MODULE), submission.author, submission.counter)) {
    return refused(reject('submission-executed'))
  }
  const events: LedgerEvent[] = []
  const several = submission.entries.length > 1
  for (const entry of submission.entries) {
    const module = place.modules.get(entry.kind)
    if (!module) return refused(reject('entry-kind-unknown'))
    if (several && !module.bulkKinds.includes(entry.kind)) return refused(reject('entry-kind-not-bulk'))
    const result = executeEntry(layer, entry, { ...place, module })
    if (result.verdict.outcome !== 'accept') return result
    events.push(...result.events)
  }
  markExecuted(layer.writer(DEDUPE_MODULE), submission.author, submission.counter)
  return { verdict: ACCEPT, events }
}

const executeEntry = (
  layer: StateLayer,
  entry: Entry,
  at: Place & { readonly module: LedgerModule }
): Executed => {
  const { module, ...place } = at
  const context: LedgerContext = {
    time: place.time,
    seq: place.seq,
    parent: place.parent,
    sequence: place.base + entry.index + 1,
    epoch: place.voters
  }
  const verdict = module.validate(layer.reader(module.name), entry, context)
  if (verdict.outcome !== 'accept') return refused(verdict)
  return { verdict: ACCEPT, events: module.apply(layer.writer(module.name), entry, context) }
}

/** Executes submissions in order; stops at the first that is not valid. `ignore` counts as not valid here. */
export const executeAll = (layer: StateLayer, submissions: readonly Submission[], place: Place): Executed => {
  const events: LedgerEvent[] = []
  let base = place.base
  for (const submission of submissions) {
    const result = executeSubmission(layer, submission, { ...place, base })
    if (result.verdict.outcome !== 'accept') return refused(asRejection(result.verdict))
    events.push(...result.events)
    base += submission.entries.length
  }
  return { verdict: ACCEPT, events }
}

const asRejection = (verdict: Verdict): Verdict =>
  verdict.outcome === 'ignore' ? reject(verdict.code) : verdict
