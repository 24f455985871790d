import type { Digest, StoreOp, StoreReader } from '@quorate/contracts'
import { bidShape, type Bid } from '../wire/auction-entries.ts'
import { decodeBody, encodeBody } from '../wire/shapes.ts'

/** Space of the durable store that holds this node's own bids, keyed `<auction id>/<agent name>`. */
export const BID_SPACE = 'auction/bid'

/**
 * This node's own bids in open auctions: written before the commit goes out, so that a restart can open what
 * it sealed. The salt is not stored: it is derived (`salt.ts`).
 */
export interface BidBook {
  get(auction: Digest, agent: string): Bid | undefined
  /** Remembers the bid; the operations have to be persisted in the same batch. */
  put(auction: Digest, agent: string, bid: Bid): readonly StoreOp[]
  forget(auction: Digest): readonly StoreOp[]
}

const bidKey = (auction: Digest, agent: string): string => `${auction}/${agent}`

export const createBidBook = (store: StoreReader): BidBook => {
  const bids = new Map<string, Bid>()
  for (const { key, value } of store.range(BID_SPACE)) {
    const bid = decodeBody(bidShape, value)
    if (bid) bids.set(key, bid)
  }
  const keysOf = (auction: Digest): string[] => [...bids.keys()].filter(key => key.startsWith(`${auction}/`))
  return {
    get: (auction, agent) => bids.get(bidKey(auction, agent)),
    put: (auction, agent, bid) => {
      const key = bidKey(auction, agent)
      bids.set(key, bid)
      return [{ type: 'put', space: BID_SPACE, key, value: encodeBody(bidShape, bid) }]
    },
    forget: auction =>
      keysOf(auction).map(key => {
        bids.delete(key)
        return { type: 'delete', space: BID_SPACE, key }
      })
  }
}
