import type { Auction } from '../ledger/auction-state.ts'
import type { Evaluation } from '../scoring/evaluation.ts'
import { decimal } from '../scoring/decimal.ts'
import type { Outcome } from '../wire/auction-entries.ts'

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`

const NO_AWARD: { readonly [O in Exclude<Outcome, 'awarded'>]: (auction: Auction) => string } = {
  'no-eligible-agent': () => 'No agent of the group has the required capabilities and capacity.',
  'initiator-barred': ({ lot }) =>
    `The only capable agents (${lot.barred}) belong to the peer that announced the auction, and an initiator's own ` +
    'agents do not bid: announce it from another peer, or with initiatorMayBid.',
  'no-bids': ({ lot }) => `None of the ${plural(lot.eligible, 'eligible agent')} bid.`,
  'none-revealed': ({ progress }) =>
    `None of the ${plural(progress.commits, 'sealed bid')} was revealed in time.`,
  'all-above-reserve': ({ lot }) =>
    `Every bid was above the reserve of ${decimal(BigInt(lot.spec.reserve))}.`,
  'too-few-bids': ({ lot }) => `Fewer valid bids than the ${lot.spec.minBids} asked for.`
}

const awarded = ({ ranked, winner, payment }: Evaluation): string => {
  const [first, second] = ranked
  const paid = `is paid ${decimal(payment ?? 0n)}`
  const score = decimal((first?.total ?? 0n) / 1_000_000n)
  if (!second) return `${winner ?? ''} was the only valid bidder, scored ${score} and ${paid}.`
  if (second.total === first?.total) return `${winner ?? ''} won a tie at ${score} by the beacon and ${paid}.`
  return `${winner ?? ''} scored ${score} against ${decimal(second.total / 1_000_000n)} and ${paid}.`
}

/** One sentence for people: what came of the auction and why. */
export const reasonOf = (auction: Auction, evaluation: Evaluation | undefined): string => {
  const { phase, commits, reveals } = auction.progress
  if (phase === 'bidding') return `Open for bids: ${plural(commits, 'sealed bid')} so far.`
  if (phase === 'revealing') return `Closed: ${reveals} of ${plural(commits, 'sealed bid')} revealed.`
  if (phase === 'cancelled' || !evaluation) return 'The initiator cancelled the auction.'
  return evaluation.outcome === 'awarded' ? awarded(evaluation) : NO_AWARD[evaluation.outcome](auction)
}
