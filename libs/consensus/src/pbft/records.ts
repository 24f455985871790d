import type { Batch, Digest, StoreOp, StoreReader } from '@quorate/contracts'
import { decodeCbor, encodeCbor, encodeHeader, invariant } from '@quorate/core'
import type { Accepted, Pbft, Prepared, Slot } from './context.ts'
import { emit, slotAt } from './context.ts'
import { readHeader } from './certificates.ts'
import { readSubmissions } from './content.ts'
import { KIND } from './messages.ts'
import { openVote } from './votes.ts'

/** Spaces of the store that pbft owns; all are bounded by the window. */
const SPACE = {
  /** 'view' -> [view, active]; 'new-view', 'view-change', 'checkpoint' -> frame; 'stable' -> [seq, digest]; 'diverged' -> [seq] */
  meta: 'pbft/meta',
  /** padded seq -> PRE-PREPARE frame */
  accepted: 'pbft/accepted',
  /** digest -> [header, submission frames] */
  content: 'pbft/content',
  /** padded seq -> [header, PRE-PREPARE, PREPAREs] */
  prepared: 'pbft/prepared',
  /** padded seq / kind -> own frame */
  said: 'pbft/said'
} as const

const key = (seq: number): string => seq.toString().padStart(16, '0')

const save = (p: Pbft, ...ops: readonly StoreOp[]): void => emit(p, { type: 'persist', ops })

export const saveMeta = (p: Pbft, name: 'new-view' | 'view-change' | 'checkpoint', frame: Uint8Array): void =>
  save(p, { type: 'put', space: SPACE.meta, key: name, value: frame })

export const saveView = (p: Pbft): void => {
  const { view, active } = p.state
  save(p, { type: 'put', space: SPACE.meta, key: 'view', value: encodeCbor([view, active]) })
}

export const saveStable = (p: Pbft): void => {
  const { stable, stableDigest } = p.state
  const value = encodeCbor([stable, stableDigest ?? null])
  save(p, { type: 'put', space: SPACE.meta, key: 'stable', value })
}

/** A node that has diverged stays so until its data is replaced. */
export const saveDiverged = (p: Pbft, seq: number): void =>
  save(p, { type: 'put', space: SPACE.meta, key: 'diverged', value: encodeCbor([seq]) })

export const saveAccepted = (p: Pbft, seq: number, accepted: Accepted): void =>
  save(p, { type: 'put', space: SPACE.accepted, key: key(seq), value: accepted.prePrepare.frame })

export const saveContent = (p: Pbft, { digest, header, submissions }: Batch): void =>
  save(p, {
    type: 'put',
    space: SPACE.content,
    key: digest,
    value: encodeCbor([encodeHeader(header), submissions.map(({ frame }) => frame)])
  })

export const savePrepared = (p: Pbft, seq: number, prepared: Prepared): void =>
  save(p, {
    type: 'put',
    space: SPACE.prepared,
    key: key(seq),
    value: encodeCbor([encodeHeader(prepared.header), prepared.prePrepare, prepared.prepares])
  })

/** Remembers an own vote, on disk and for repeating. */
export const saveSaid = (
  p: Pbft,
  seq: number,
  said: { readonly kind: string; readonly frame: Uint8Array }
): void => {
  const name = `${key(seq)}/${said.kind}`
  p.state.said.set(name, said.frame)
  save(p, { type: 'put', space: SPACE.said, key: name, value: said.frame })
}

/** Drops everything about sequence numbers up to the executed one; its batch and proof are in the ledger now. */
export const dropExecuted = (p: Pbft, contents: readonly Digest[]): void => {
  const to = key(p.state.executed + 1)
  for (const name of p.state.said.keys()) if (name < to) p.state.said.delete(name)
  const ops: StoreOp[] = [
    ...[SPACE.accepted, SPACE.prepared, SPACE.said].map(
      space => ({ type: 'delete-range', space, from: '', to }) as const
    ),
    ...contentDeletes(contents)
  ]
  emit(p, { type: 'persist', ops, lazy: 'whenever' })
}

const contentDeletes = (digests: readonly Digest[]): StoreOp[] =>
  digests.map(digest => ({ type: 'delete', space: SPACE.content, key: digest }))

/** Batches of a view that is over, of which no prepared certificate is held. */
export const dropContents = (p: Pbft, digests: readonly Digest[]): void => save(p, ...contentDeletes(digests))

/** Own votes of views that are over are not repeated (the prepared certificates are what counts of them). */
export const dropSaid = (p: Pbft): void => {
  p.state.said.clear()
  save(
    p,
    { type: 'delete-range', space: SPACE.said, from: '', to: '~' },
    { type: 'delete-range', space: SPACE.accepted, from: '', to: '~' }
  )
}

const readRow = (bytes: Uint8Array): readonly unknown[] => {
  const row = decodeCbor(bytes)
  invariant(Array.isArray(row), 'a stored pbft row is not readable')
  return row
}

/** Loads what an earlier run has written. The machine's votes are among it, so that none is ever cast twice. */
export const restore = (p: Pbft, store: StoreReader): void => {
  const { state } = p
  const view = store.get(SPACE.meta, 'view')
  if (view) [state.view, state.active] = readRow(view) as [number, boolean]
  const stable = store.get(SPACE.meta, 'stable')
  if (stable) {
    const [seq, digest] = readRow(stable) as [number, Digest | null | undefined]
    state.stable = seq
    state.stableDigest = digest ?? undefined
  }
  state.diverged = store.get(SPACE.meta, 'diverged') !== undefined
  state.newView = store.get(SPACE.meta, 'new-view')
  state.ownViewChange = store.get(SPACE.meta, 'view-change')
  state.ownCheckpoint = store.get(SPACE.meta, 'checkpoint')
  for (const { value } of store.range(SPACE.content)) restoreContent(p, value)
  for (const { key: seq, value } of store.range(SPACE.prepared))
    restorePrepared(p, slotAt(p, Number(seq)), value)
  for (const { key: seq, value } of store.range(SPACE.accepted))
    restoreAccepted(p, slotAt(p, Number(seq)), value)
  for (const { key: name, value } of store.range(SPACE.said)) restoreSaid(p, name, value)
}

/** An own vote counts again, and is repeated as it is: nothing is signed twice. */
const restoreSaid = (p: Pbft, name: string, frame: Uint8Array): void => {
  p.state.said.set(name, frame)
  const [seq = '', ...kind] = name.split('/')
  const vote = openVote(p, frame, kind.join('/'))
  invariant(vote, 'a stored own vote is not readable')
  const slot = slotAt(p, Number(seq))
  if (vote.kind === KIND.prepare) slot.prepares.set(vote.author, vote)
  if (vote.kind === KIND.commit) {
    slot.commits.set(vote.author, vote)
    slot.commitSent = true
  }
}

const restoreContent = (p: Pbft, value: Uint8Array): void => {
  const [bytes, frames] = readRow(value) as [Uint8Array, Uint8Array[]]
  const named = readHeader(bytes)
  const submissions = named && readSubmissions(p, frames)
  invariant(named && submissions, 'a stored batch is not readable')
  p.state.contents.set(named.digest, { ...named, submissions })
}

const restorePrepared = (p: Pbft, slot: Slot, value: Uint8Array): void => {
  const [bytes, frame, prepares] = readRow(value) as [Uint8Array, Uint8Array, Uint8Array[]]
  const named = readHeader(bytes)
  const prePrepare = openVote(p, frame, KIND.prePrepare)
  invariant(named && prePrepare, 'a stored prepared certificate is not readable')
  slot.prepared = { view: prePrepare.body.view, ...named, prePrepare: frame, prepares }
}

const restoreAccepted = (p: Pbft, slot: Slot, frame: Uint8Array): void => {
  const prePrepare = openVote(p, frame, KIND.prePrepare)
  const batch = prePrepare && p.state.contents.get(prePrepare.body.digest)
  invariant(prePrepare && batch, 'a stored pre-prepare is not readable')
  slot.accepted = { prePrepare, batch, at: p.now }
}
