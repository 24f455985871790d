import { ACCEPT, reject, type LedgerEvent, type Verdict } from '@quorate/contracts'
import { AGENTS_MODULE } from '../agents/agent-state.ts'
import type { Rules } from '../rules.ts'
import { findPayment, findScoring } from '../scoring/catalogue.ts'
import { normaliseWeights } from '../scoring/weights.ts'
import { ANNOUNCE_KIND, announceShape, type AuctionSpec } from '../wire/auction-entries.ts'
import { auctionIdOf } from '../wire/hashes.ts'
import { candidates, readAuctionState, writeLot, writeProgress } from './auction-state.ts'
import { eligibleAgents } from './eligibility.ts'
import type { EntryHandler, Step, WriteStep } from './handler.ts'
import { countOpen, markOpen, pruneEnded } from './lifecycle.ts'

/** The code of the first rule that the announcement itself breaks. Rule A4. */
export const specFault = (spec: AuctionSpec, { config, catalogue }: Rules): string | undefined => {
  if (spec.floor >= spec.reserve) return 'auction-anchors'
  if (spec.bidWindowMs < config.bidWindowMinMs || spec.bidWindowMs > config.bidWindowMaxMs)
    return 'auction-window'
  if (spec.minBids > config.bidsMax) return 'auction-min-bids'
  const scoring = findScoring(catalogue, spec.scoring)
  if (!scoring) return 'auction-scoring-unknown'
  const weights = normaliseWeights(spec.weights)
  if (weights.length === 0) return 'auction-weights'
  if (weights.some(({ id }) => !scoring.criteria.has(id))) return 'auction-criterion-unknown'
  const payment = findPayment(catalogue, spec.payment)
  if (!payment) return 'auction-payment-unknown'
  const costWeightPpm = weights.find(({ id }) => id === 'cost')?.ppm ?? 0n
  const priced = scoring.quasiLinear && costWeightPpm > 0n
  return payment.quasiLinear && !priced ? 'auction-payment-needs-anchored-cost' : undefined
}

const validate = ({ state, entry, body, rules }: Step<AuctionSpec>): Verdict => {
  const fault = specFault(body, rules)
  if (fault !== undefined) return reject(fault)
  if (readAuctionState(state, auctionIdOf(entry.author, entry.body))) return reject('auction-exists')
  if (countOpen(state, entry.author) >= rules.config.openPerPeerMax) return reject('auction-too-many-of-peer')
  return countOpen(state) >= rules.config.openMax ? reject('auction-too-many') : ACCEPT
}

/** Opens the auction and fixes who may bid and with what track record. Rules A5, A6. */
const apply = ({ state, entry, body, context, rules }: WriteStep<AuctionSpec>): readonly LedgerEvent[] => {
  const { time, sequence } = context
  const id = auctionIdOf(entry.author, entry.body)
  pruneEnded(state, rules.config, time)
  const agents = state.module(AGENTS_MODULE)
  const found = eligibleAgents({ agents, auctions: state, spec: body, author: entry.author, now: time })
  for (const [agent, candidate] of found.candidates) candidates.write(state, { id, agent }, candidate)
  const commitBy = time + body.bidWindowMs
  const eligible = found.candidates.length
  const counts = { eligible, barred: found.barred }
  writeLot(state, id, { author: entry.author, sequence, at: time, commitBy, ...counts, spec: body })
  writeProgress(state, id, {
    phase: 'bidding',
    commits: 0,
    reveals: 0,
    revealBy: 0,
    parent: null,
    award: null
  })
  markOpen(state, entry.author, id)
  const data = { auction: id, initiator: entry.author, task: body.task, commitBy, ...counts }
  return [{ type: 'auction-announced', id, sequence, data }]
}

export const announceHandler: EntryHandler<AuctionSpec> = {
  kind: ANNOUNCE_KIND,
  shape: announceShape,
  idOf: entry => auctionIdOf(entry.author, entry.body),
  validate,
  apply
}
