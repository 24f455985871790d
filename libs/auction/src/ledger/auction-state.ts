import type { AgentAddress, Digest, PeerId, StateReader, StateWriter } from '@quorate/contracts'
import {
  byteString,
  digest,
  nullable,
  oneOf,
  struct,
  text,
  uint,
  type Shape,
  type ShapeType
} from '@quorate/core'
import { announceShape, bidShape, OUTCOMES } from '../wire/auction-entries.ts'
import { decodeState } from '../wire/shapes.ts'
import { candidateShape, type Candidate } from './candidate.ts'

export const AUCTION_MODULE = 'auction'

/** What is fixed at the announcement. Written once. */
export const lotShape = struct({
  author: text(64, 1),
  sequence: uint(),
  at: uint(),
  commitBy: uint(),
  eligible: uint(),
  barred: uint(),
  spec: announceShape
})

export type Lot = ShapeType<typeof lotShape>

const awardStateShape = struct({
  sequence: uint(),
  result: digest(),
  outcome: oneOf(...OUTCOMES),
  winner: nullable(text(128, 1)),
  payment: nullable(uint()),
  /** Agreed time until which the winner counts as busy with the task. */
  busyUntil: uint()
})

export const PHASES = ['bidding', 'revealing', 'awarded', 'no-award', 'cancelled'] as const

export type Phase = (typeof PHASES)[number]

/** What changes; small, because every commit and reveal writes it. */
export const progressShape = struct({
  phase: oneOf(...PHASES),
  commits: uint(),
  reveals: uint(),
  /** End of reveals in agreed time; 0 before closing. */
  revealBy: uint(),
  /** Batch digest before the closing entry's batch. */
  parent: nullable(digest()),
  award: nullable(awardStateShape)
})

export type Progress = ShapeType<typeof progressShape>

const commitStateShape = struct({ commit: digest(), sequence: uint() })
const revealStateShape = struct({ bid: bidShape, salt: byteString(32, 32), sequence: uint() })

export type CommitState = ShapeType<typeof commitStateShape>
export type RevealState = ShapeType<typeof revealStateShape>

export interface Auction {
  readonly id: Digest
  readonly lot: Lot
  readonly progress: Progress
}

export const isOpen = ({ progress }: Auction): boolean =>
  progress.phase === 'bidding' || progress.phase === 'revealing'

const lotKey = (id: Digest): string => `lot/${id}`
const progressKey = (id: Digest): string => `progress/${id}`
const under = (space: string, id: Digest, agent: AgentAddress): string => `${space}/${id}/${agent}`

/** `auctions` is the space of the auction module, here and below. Undefined: never announced, or pruned. */
export const readAuctionState = (auctions: StateReader, id: Digest): Auction | undefined => {
  const lot = decodeState(lotShape, auctions.get(lotKey(id)))
  const progress = decodeState(progressShape, auctions.get(progressKey(id)))
  return lot && progress && { id, lot, progress }
}

export const writeLot = (auctions: StateWriter, id: Digest, lot: Lot): void =>
  auctions.put(lotKey(id), lotShape.encode(lot))

export const writeProgress = (auctions: StateWriter, id: Digest, progress: Progress): void =>
  auctions.put(progressKey(id), progressShape.encode(progress))

export const listLots = (auctions: StateReader): readonly Auction[] =>
  auctions.range('lot/').flatMap(([key]) => readAuctionState(auctions, key.slice('lot/'.length)) ?? [])

interface AgentSpace<T> {
  read(auctions: StateReader, id: Digest, agent: AgentAddress): T | undefined
  write(auctions: StateWriter, place: { readonly id: Digest; readonly agent: AgentAddress }, value: T): void
  /** Ascending by address; of one host only when given. */
  list(auctions: StateReader, id: Digest, host?: PeerId): readonly (readonly [AgentAddress, T])[]
  clear(auctions: StateWriter, id: Digest): void
}

const agentSpace = <T>(space: string, shape: Shape<T>): AgentSpace<T> => ({
  read: (auctions, id, agent) => decodeState(shape, auctions.get(under(space, id, agent))),
  write: (auctions, { id, agent }, value) => auctions.put(under(space, id, agent), shape.encode(value)),
  list: (auctions, id, host) =>
    auctions.range(under(space, id, host === undefined ? '' : `${host}/`)).flatMap(([key, stored]) => {
      const value = decodeState(shape, stored)
      return value === undefined ? [] : [[key.slice(under(space, id, '').length), value] as const]
    }),
  clear: (auctions, id) => {
    for (const [key] of auctions.range(under(space, id, ''))) auctions.delete(key)
  }
})

export const candidates: AgentSpace<Candidate> = agentSpace('candidate', candidateShape)
export const commits: AgentSpace<CommitState> = agentSpace('commit', commitStateShape)
export const reveals: AgentSpace<RevealState> = agentSpace('reveal', revealStateShape)

/** Forgets the auction; the ledger's history still has every entry of it. */
export const deleteAuction = (auctions: StateWriter, id: Digest): void => {
  for (const space of [candidates, commits, reveals]) space.clear(auctions, id)
  auctions.delete(lotKey(id))
  auctions.delete(progressKey(id))
}
