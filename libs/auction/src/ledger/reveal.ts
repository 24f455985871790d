import { ACCEPT, ignore, reject, type AgentAddress, type LedgerEvent, type Verdict } from '@quorate/contracts'
import { addressOf } from '../agents/agent-state.ts'
import { REVEAL_KIND, revealShape, type Reveal } from '../wire/auction-entries.ts'
import { commitOf, specDigestOf } from '../wire/hashes.ts'
import { commits, isOpen, readAuctionState, reveals, writeProgress, type Auction } from './auction-state.ts'
import { UNKNOWN, type EntryHandler, type Step, type WriteStep } from './handler.ts'

/** A reveal is on the ledger only when it opens exactly what the same bidder had sealed. Rule A11. */
const validate = ({ state, entry, body, context }: Step<Reveal>): Verdict => {
  const auction = readAuctionState(state, body.auction)
  if (!auction) return UNKNOWN
  if (!isOpen(auction)) return reject('auction-finished')
  if (auction.progress.phase === 'bidding') return ignore('auction-not-closed')
  if (context.time >= auction.progress.revealBy) return reject('auction-reveal-late')
  const agent = addressOf(entry.author, body.agent)
  const sealed = commits.read(state, auction.id, agent)
  if (!sealed) return reject('auction-no-commit')
  if (reveals.read(state, auction.id, agent)) return reject('auction-reveal-exists')
  return sealed.commit === sealedForm(auction, agent, body) ? ACCEPT : reject('auction-reveal-mismatch')
}

const sealedForm = ({ id, lot }: Auction, agent: AgentAddress, { bid, salt }: Reveal): string =>
  commitOf({ auction: id, agent, specDigest: specDigestOf(lot.spec), bid, salt })

const apply = ({ state, entry, body, context }: WriteStep<Reveal>): readonly LedgerEvent[] => {
  const auction = readAuctionState(state, body.auction)
  if (!auction) return []
  const { sequence } = context
  const { bid, salt } = body
  const [id, agent] = [body.auction, addressOf(entry.author, body.agent)]
  reveals.write(state, { id, agent }, { bid, salt, sequence })
  writeProgress(state, id, { ...auction.progress, reveals: auction.progress.reveals + 1 })
  const data = { auction: id, agent, cost: bid.cost, quality: bid.quality, throughput: bid.throughput }
  return [{ type: 'auction-revealed', id, sequence, data }]
}

export const revealHandler: EntryHandler<Reveal> = {
  kind: REVEAL_KIND,
  shape: revealShape,
  idOf: (_, body) => body.auction,
  validate,
  apply
}
