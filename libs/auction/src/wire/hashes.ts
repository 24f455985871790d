import type { AgentAddress, Digest, PeerId } from '@quorate/contracts'
import { encodeCbor, fromHex, sha256 } from '@quorate/core'
import { announceShape, bidShape, type AuctionSpec, type Bid } from './auction-entries.ts'
import { encodeBody } from './shapes.ts'

/** Domain tags: no hash of one purpose is ever a hash of another. docs/protocol/auction.md, "bidding". */
const ID_DOMAIN = 'quorate/v1/auction-id'
const COMMIT_DOMAIN = 'quorate/v1/auction-commit'
const BEACON_DOMAIN = 'quorate/v1/auction-beacon'
const TIE_DOMAIN = 'quorate/v1/auction-tie'

/**
 * The auction's id: sha256(CBOR [domain, author, announce body]). Known before the announcement is ordered.
 * Rule A5.
 */
export const auctionIdOf = (author: PeerId, announceBody: Uint8Array): Digest =>
  sha256(encodeCbor([ID_DOMAIN, author, announceBody]))

/** sha256 of the announcement's canonical body. */
export const specDigestOf = (spec: AuctionSpec): Digest => sha256(encodeBody(announceShape, spec))

export interface SealedBid {
  readonly auction: Digest
  readonly agent: AgentAddress
  readonly specDigest: Digest
  readonly bid: Bid
  readonly salt: Uint8Array
}

/**
 * The sealed form of a bid, which is also the bid's id: sha256(CBOR [domain, auction, bidder, spec digest,
 * bid, salt]). The bidder's address inside makes a copied commit worthless to the copier. Rule A7; notes
 * "Commit".
 */
export const commitOf = (sealed: SealedBid): Digest =>
  sha256(
    encodeCbor([
      COMMIT_DOMAIN,
      fromHex(sealed.auction),
      sealed.agent,
      fromHex(sealed.specDigest),
      bidShape.encode(sealed.bid),
      sealed.salt
    ])
  )

/**
 * Randomness for ties: sha256(CBOR [domain, auction, parent, salts]). `parent` is the digest of the batch
 * before the one that closed the auction, `salts` those revealed, in ascending order of the bidders'
 * addresses. Nobody knows it before bidding closes, because nobody knows the others' salts. Rule A16.
 */
export const beaconOf = (auction: Digest, parent: Digest, salts: readonly Uint8Array[]): Digest =>
  sha256(encodeCbor([BEACON_DOMAIN, fromHex(auction), fromHex(parent), salts]))

/** Place among bids of equal score: the smaller digest ranks first. Rule A16. */
export const tieOf = (beacon: Digest, bidId: Digest): Digest =>
  sha256(encodeCbor([TIE_DOMAIN, fromHex(beacon), fromHex(bidId)]))
