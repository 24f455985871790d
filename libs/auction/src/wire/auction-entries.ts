import {
  bool,
  byteString,
  digest,
  mapOf,
  nullable,
  oneOf,
  struct,
  text,
  uint,
  type ShapeType
} from '@quorate/core'
import { AUCTION_LIMITS, PPM_NUMBER } from '../limits.ts'
import { agentName, amounts, label, levels, positive } from './shapes.ts'

export const ANNOUNCE_KIND = 'auction-announce'
export const COMMIT_KIND = 'auction-commit'
export const CLOSE_KIND = 'auction-close'
export const REVEAL_KIND = 'auction-reveal'
export const CANCEL_KIND = 'auction-cancel'

/**
 * Body of `auction-announce`: everything that decides the outcome, fixed before the first bid. Rule A4.
 *
 * Units: capabilities in ppm, resources in base units, work in micro-units, reserve and floor in micro cost.
 * The windows are durations: the deadlines follow from the agreed time at which the announcement is ordered
 * (rule A6).
 */
export const announceShape = struct({
  task: text(AUCTION_LIMITS.taskBytesMax, 1),
  taskClass: label(),
  capabilities: levels(),
  resources: amounts(),
  weights: mapOf(uint(AUCTION_LIMITS.weightMax), {
    entriesMax: AUCTION_LIMITS.criteriaMax,
    keyBytesMax: AUCTION_LIMITS.labelBytesMax
  }),
  work: positive(),
  reserve: positive(),
  floor: uint(),
  targetMs: positive(),
  scoring: struct({ id: label(), version: uint() }),
  payment: label(),
  minBids: positive(),
  bidWindowMs: positive(),
  initiatorMayBid: bool(),
  nonce: byteString(AUCTION_LIMITS.nonceBytes, AUCTION_LIMITS.nonceBytes)
})

/** The announced lot. */
export type AuctionSpec = ShapeType<typeof announceShape>

/** A bid: micro cost, ppm quality, micro-units of work per second, a note for people. Rule A8. */
export const bidShape = struct({
  cost: uint(),
  quality: uint(PPM_NUMBER),
  throughput: positive(),
  note: text(AUCTION_LIMITS.noteBytesMax)
})

export type Bid = ShapeType<typeof bidShape>

/**
 * `agent` is the name; the bidder is `author/name`, so that nobody can bid for another peer's agent. Rule A7.
 */
export const commitShape = struct({ auction: digest(), agent: agentName(), commit: digest() })

export type Commit = ShapeType<typeof commitShape>

/** Rule A10. */
export const closeShape = struct({ auction: digest() })

export type Close = ShapeType<typeof closeShape>

/** Rule A11. */
export const revealShape = struct({
  auction: digest(),
  agent: agentName(),
  bid: bidShape,
  salt: byteString(AUCTION_LIMITS.saltBytes, AUCTION_LIMITS.saltBytes)
})

export type Reveal = ShapeType<typeof revealShape>

/** Why an auction ended without an award; `awarded` when it did not. Rule A13. */
export const OUTCOMES = [
  'awarded',
  'no-eligible-agent',
  'initiator-barred',
  'no-bids',
  'none-revealed',
  'all-above-reserve',
  'too-few-bids'
] as const

export type Outcome = (typeof OUTCOMES)[number]

/**
 * Rule A12. `result` is the digest of the whole evaluation; outcome, winner and payment repeat the part that
 * people ask for, so that a receipt of this entry proves them without recomputing anything.
 */
export const awardShape = struct({
  auction: digest(),
  result: digest(),
  outcome: oneOf(...OUTCOMES),
  winner: nullable(text(128, 1)),
  payment: nullable(uint())
})

export type Award = ShapeType<typeof awardShape>

/** Rule A15. */
export const cancelShape = struct({ auction: digest() })

export type Cancel = ShapeType<typeof cancelShape>
