import { reject, type LedgerModule, type LedgerModuleFactory } from '@quorate/contracts'
import { auctionConfigSchema } from '../config.ts'
import { createRules, type Rules } from '../rules.ts'
import { BUILT_IN_CATALOGUE, type Catalogue } from '../scoring/catalogue.ts'
import { announceHandler } from './announce.ts'
import { AUCTION_MODULE } from './auction-state.ts'
import { awardHandler } from './award.ts'
import { cancelHandler } from './cancel.ts'
import { closeHandler } from './close.ts'
import { commitHandler } from './commit.ts'
import { bindHandler, type BoundHandler } from './handler.ts'
import { revealHandler } from './reveal.ts'

const HANDLERS: ReadonlyMap<string, BoundHandler> = new Map(
  [
    bindHandler(announceHandler),
    bindHandler(commitHandler),
    bindHandler(closeHandler),
    bindHandler(revealHandler),
    bindHandler(awardHandler),
    bindHandler(cancelHandler)
  ].map(handler => [handler.kind, handler])
)

/** Sealed-bid auctions as a pure reducer. Source: docs/protocol/auction.md, rules A4 to A27. */
export const createAuctionModule = (rules: Rules): LedgerModule => ({
  name: AUCTION_MODULE,
  kinds: [...HANDLERS.keys()],
  bulkKinds: [],
  idOf: entry => HANDLERS.get(entry.kind)?.idOf(entry) ?? entry.digest,
  validate: (state, entry, context) =>
    HANDLERS.get(entry.kind)?.validate({ state, entry, context, rules }) ?? reject('auction-malformed'),
  apply: (state, entry, context) => HANDLERS.get(entry.kind)?.apply({ state, entry, context, rules }) ?? []
})

export const SEALED_BID = 'sealed-bid'
export const SEALED_BID_VERSION = 1

/** The strategy `sealed-bid` 1, with the built-in catalogue or an extended one. */
export const createSealedBid = (catalogue: Catalogue = BUILT_IN_CATALOGUE): LedgerModuleFactory => ({
  name: SEALED_BID,
  version: SEALED_BID_VERSION,
  configSchema: auctionConfigSchema,
  create: config => createAuctionModule(createRules(config, catalogue))
})
