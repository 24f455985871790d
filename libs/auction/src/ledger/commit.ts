import { ACCEPT, reject, type LedgerEvent, type Verdict } from '@quorate/contracts'
import { addressOf } from '../agents/agent-state.ts'
import { COMMIT_KIND, commitShape, type Commit } from '../wire/auction-entries.ts'
import { candidates, commits, readAuctionState, writeProgress } from './auction-state.ts'
import { UNKNOWN, type EntryHandler, type Step, type WriteStep } from './handler.ts'

/**
 * Late is what is ordered after the closing entry. One commit per bidder; the first ordered stands. Rules A7,
 * A9.
 */
const validate = ({ state, entry, body, rules }: Step<Commit>): Verdict => {
  const auction = readAuctionState(state, body.auction)
  if (!auction) return UNKNOWN
  if (auction.progress.phase !== 'bidding') return reject('auction-closed')
  const agent = addressOf(entry.author, body.agent)
  if (!candidates.read(state, body.auction, agent)) return reject('auction-not-eligible')
  if (commits.read(state, body.auction, agent)) return reject('auction-commit-exists')
  return auction.progress.commits >= rules.config.bidsMax ? reject('auction-full') : ACCEPT
}

const apply = ({ state, entry, body, context }: WriteStep<Commit>): readonly LedgerEvent[] => {
  const auction = readAuctionState(state, body.auction)
  if (!auction) return []
  const { sequence } = context
  const [id, agent] = [body.auction, addressOf(entry.author, body.agent)]
  commits.write(state, { id, agent }, { commit: body.commit, sequence })
  writeProgress(state, id, { ...auction.progress, commits: auction.progress.commits + 1 })
  return [{ type: 'auction-committed', id, sequence, data: { auction: id, agent, bid: body.commit } }]
}

export const commitHandler: EntryHandler<Commit> = {
  kind: COMMIT_KIND,
  shape: commitShape,
  idOf: (_, body) => body.auction,
  validate,
  apply
}
