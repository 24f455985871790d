import {
  reject,
  type Digest,
  type Entry,
  type LedgerContext,
  type LedgerEvent,
  type StateReader,
  type StateWriter,
  type Verdict
} from '@quorate/contracts'
import type { Shape } from '@quorate/core'
import type { Rules } from '../rules.ts'
import { decodeBody } from '../wire/shapes.ts'

/**
 * The auction is not in the state: pruned, or not announced yet as far as this peer has executed. A rejection, although a peer
 * that lags behind then drops what others already take: who submitted it repeats it until it is ordered. As something to wait
 * for, an entry about a pruned auction would stay in its author's pool, on disk, for good.
 */
export const UNKNOWN = reject('auction-unknown')

/** One entry with all that its reducer may look at. `state` is the auction module's space. */
export interface Step<Body, State extends StateReader = StateReader> {
  readonly state: State
  readonly entry: Entry
  readonly body: Body
  readonly context: LedgerContext
  readonly rules: Rules
}

export type WriteStep<Body> = Step<Body, StateWriter>

/** Validity and effect of one kind of entry. */
export interface EntryHandler<Body> {
  readonly kind: string
  readonly shape: Shape<Body>
  idOf(entry: Entry, body: Body): Digest
  validate(step: Step<Body>): Verdict
  apply(step: WriteStep<Body>): readonly LedgerEvent[]
}

/** A handler that reads the body itself. */
export interface BoundHandler {
  readonly kind: string
  idOf(entry: Entry): Digest | undefined
  validate(step: Omit<Step<never>, 'body'>): Verdict
  apply(step: Omit<WriteStep<never>, 'body'>): readonly LedgerEvent[]
}

export const bindHandler = <Body>(handler: EntryHandler<Body>): BoundHandler => ({
  kind: handler.kind,
  idOf: entry => {
    const body = decodeBody(handler.shape, entry.body)
    return body === undefined ? undefined : handler.idOf(entry, body)
  },
  validate: step => {
    const body = decodeBody(handler.shape, step.entry.body)
    return body === undefined ? reject('auction-malformed') : handler.validate({ ...step, body })
  },
  apply: step => {
    const body = decodeBody(handler.shape, step.entry.body)
    return body === undefined ? [] : handler.apply({ ...step, body })
  }
})
