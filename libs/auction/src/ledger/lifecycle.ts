import type { Digest, PeerId, StateReader, StateWriter, TimeMs } from '@quorate/contracts'
import { decodeState } from '../wire/shapes.ts'
import { digest, struct, uint } from '@quorate/core'
import type { AuctionConfig } from '../config.ts'
import { deleteAuction } from './auction-state.ts'

/**
 * Which auctions are open (per initiator) and which have ended (in order), so that both stay bounded. Rule
 * A27.
 * Keys: `open/<initiator>/<id>`, `ended/<sequence, 16 digits>`.
 */
const endedShape = struct({ id: digest(), at: uint() })

const openKey = (author: PeerId, id: Digest): string => `open/${author}/${id}`
const endedKey = (sequence: number): string => `ended/${String(sequence).padStart(16, '0')}`

/** At most this many auctions are forgotten per entry, so that no entry is slow to apply. */
const PRUNED_PER_ENTRY_MAX = 4

export const countOpen = (auctions: StateReader, author?: PeerId): number =>
  auctions.range(author === undefined ? 'open/' : `open/${author}/`).length

export const markOpen = (auctions: StateWriter, author: PeerId, id: Digest): void =>
  auctions.put(openKey(author, id), true)

export const listOpen = (auctions: StateReader): readonly Digest[] =>
  auctions.range('open/').map(([key]) => key.slice(key.lastIndexOf('/') + 1))

export interface Ending {
  readonly id: Digest
  readonly author: PeerId
  readonly sequence: number
  readonly at: TimeMs
}

export const markEnded = (auctions: StateWriter, { id, author, sequence, at }: Ending): void => {
  auctions.delete(openKey(author, id))
  auctions.put(endedKey(sequence), endedShape.encode({ id, at }))
}

/** Ended auctions that are still in the state, oldest first. */
export const listEnded = (auctions: StateReader): readonly Digest[] =>
  auctions.range('ended/').flatMap(([, value]) => decodeState(endedShape, value)?.id ?? [])

/** Forgets the oldest ended auctions: those beyond `finishedMax` and those older than `finishedMs`. */
export const pruneEnded = (auctions: StateWriter, config: AuctionConfig, now: TimeMs): void => {
  const ended = auctions.range('ended/')
  for (const [i, [key, value]] of ended.slice(0, PRUNED_PER_ENTRY_MAX).entries()) {
    const ending = decodeState(endedShape, value)
    if (!ending) continue
    if (ended.length - i <= config.finishedMax && ending.at + config.finishedMs > now) return
    deleteAuction(auctions, ending.id)
    auctions.delete(key)
  }
}
