import { CONTRACT_VERSION, definePlugin, NO_CONFIG, TOKENS } from '@quorate/contracts'
import { agentsModule } from './agents/agents-module.ts'
import { createSealedBid, SEALED_BID } from './ledger/auction-module.ts'
import { AUCTION_MACHINE, createAuctionMachineFactory } from './machine/auction-machine.ts'

/** The built-in auction: strategy `sealed-bid`, ledger module `agents`, machine `auction`. */
export const auctionPlugin = definePlugin({
  name: '@quorate/auction',
  version: '0.1.0',
  contractVersion: CONTRACT_VERSION,
  provides: [
    { token: TOKENS.auctionStrategy.key, name: SEALED_BID },
    { token: TOKENS.ledgerModule.key, name: agentsModule.name },
    { token: TOKENS.machine.key, name: AUCTION_MACHINE }
  ],
  requires: [],
  configSchema: NO_CONFIG,
  register: registrar => {
    registrar.provide(TOKENS.auctionStrategy, SEALED_BID, createSealedBid())
    registrar.provide(TOKENS.ledgerModule, agentsModule.name, agentsModule)
    registrar.provide(TOKENS.machine, AUCTION_MACHINE, createAuctionMachineFactory())
  }
})
