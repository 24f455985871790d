import type { Command, Digest, EntryDraft, LedgerEvent, SubmitRequest } from '@quorate/contracts'
import type { Registration } from '../wire/agent-entries.ts'
import type { AuctionSpec, Bid } from '../wire/auction-entries.ts'

/**
 * Commands that the auction machine answers. `token` is the caller's: refusals come back as the event
 * `submission-refused {token, code}`, success as the ledger event of the entry.
 */
export interface AuctionCommands {
  readonly 'auction.register-agent': { readonly token: string; readonly agent: Registration }
  readonly 'auction.remove-agent': { readonly token: string; readonly name: string }
  readonly 'auction.announce': { readonly token: string; readonly spec: AuctionSpec }
  /** `agent` is the name of an agent that this node hosts. */
  readonly 'auction.bid': {
    readonly token: string
    readonly auction: Digest
    readonly agent: string
    readonly bid: Bid
  }
  readonly 'auction.cancel': { readonly token: string; readonly auction: Digest }
  readonly 'ledger.event': LedgerEvent
  readonly 'submission.refused': { readonly token: string; readonly code: string }
}

export type AuctionCommand = {
  [Name in keyof AuctionCommands]: { readonly name: Name; readonly payload: AuctionCommands[Name] }
}[keyof AuctionCommands]

const NAMES: readonly string[] = [
  'auction.register-agent',
  'auction.remove-agent',
  'auction.announce',
  'auction.bid',
  'auction.cancel',
  'ledger.event',
  'submission.refused'
] satisfies readonly (keyof AuctionCommands)[]

/** Commands come from this node only, so a known name carries the payload that its type says. */
export const asAuctionCommand = (command: Command): AuctionCommand | undefined =>
  NAMES.includes(command.name) ? (command as AuctionCommand) : undefined

/**
 * Asks the consensus machine to have one entry ordered. One draft per submission: each stands or falls alone.
 */
export const submitEffect = (draft: EntryDraft, token: string) => {
  const payload: SubmitRequest = { drafts: [draft], token }
  return { type: 'route', command: { name: 'consensus.submit', payload } } as const
}

export const refusedEffect = (token: string, code: string) =>
  ({
    type: 'notify',
    event: { type: 'submission-refused', durable: false, data: { token, code } }
  }) as const
