import type {
  Application,
  Digest,
  Effect,
  Envelope,
  PeerId,
  ProposalValidator,
  Signing,
  StateReader,
  TimeMs
} from '@quorate/contracts'
import type { BoundedMap, CastBallot, Proposal } from '@quorate/core'

/** How this voter judges: `auto` lets the validators decide, `manual` waits for `vote`. */
export type BallotPolicy = 'auto' | 'manual'

/** A proposal that this node knows and that is not decided yet. */
export interface OpenProposal {
  readonly id: Digest
  readonly envelope: Envelope
  readonly proposal: Proposal
  readonly ballots: Map<PeerId, CastBallot>
  /** Local time at which a certificate was complete here. */
  certificateAt: TimeMs | undefined
  submitted: boolean
  /** When own frames about it are said again; less and less often. */
  repeatAt: TimeMs
  repeats: number
}

/** Everything that the ballots machine of one node knows. */
export interface Ballots {
  readonly signing: Signing
  readonly application: Application
  readonly state: StateReader
  readonly policy: BallotPolicy
  readonly validators: readonly ProposalValidator[]
  readonly open: Map<Digest, OpenProposal>
  /** Ballots whose proposal is not open, not yet or not any more: `proposal/voter` -> ballot. */
  readonly early: BoundedMap<string, CastBallot>
  readonly accused: BoundedMap<Digest, true>
  now: TimeMs
  out: Effect[]
}

/** Proposals that may be open at a time, in all and per proposer. */
export const OPEN_MAX = 1_024
export const OPEN_PER_PROPOSER_MAX = 256
export const OPEN_BYTES_MAX = 64 * 1024 * 1024
export const OPEN_BYTES_PER_PROPOSER_MAX = OPEN_BYTES_MAX / 4
export const EARLY_BALLOTS_MAX = 4_096

export const emit = (b: Ballots, ...effects: readonly Effect[]): void => void b.out.push(...effects)

/** A proposal that is judged from now on. */
export const openItem = (envelope: Envelope, proposal: Proposal, now: TimeMs): OpenProposal => ({
  id: envelope.digest,
  envelope,
  proposal,
  ballots: new Map(),
  certificateAt: undefined,
  submitted: false,
  repeatAt: now,
  repeats: 0
})

/** Has an outcome of the proposal been ordered, as far as this node has executed? */
export const isDecided = (b: Ballots, id: Digest): boolean =>
  b.state.module('proposals').get(`decided/${id}`) !== undefined

/** Answers a command of the API. */
export const reply = (b: Ballots, token: string, code?: string): void =>
  emit(b, {
    type: 'notify',
    event: {
      type: 'reply',
      durable: false,
      data: code === undefined ? { token, ok: true } : { token, ok: false, code }
    }
  })
