import {
  QuorateError,
  type Digest,
  type Effect,
  type LedgerEvent,
  type Machine,
  type MachineFactory,
  type MachineInput,
  type TimeMs
} from '@quorate/contracts'
import { BUILT_IN_BID_STRATEGIES, type BidStrategy } from '../bidding/bid-strategy.ts'
import { AUCTION_MODULE, isOpen, readAuctionState } from '../ledger/auction-state.ts'
import { isEvaluable } from '../ledger/evaluation-input.ts'
import { listOpen } from '../ledger/lifecycle.ts'
import { createRules } from '../rules.ts'
import { BUILT_IN_CATALOGUE, type Catalogue } from '../scoring/catalogue.ts'
import { createAttempts, type Attempts } from './attempts.ts'
import { createBidBook } from './bid-book.ts'
import {
  asAuctionCommand,
  refusedEffect,
  submitEffect,
  type AuctionCommand,
  type AuctionCommands
} from './commands.ts'
import { announceDraft, cancelDraft, leaveDraft, registerDraft } from './drafts.ts'
import { takeBid } from './manual-bid.ts'
import { planSteps, type PlanDeps, type PlannedStep } from './plan.ts'

export const AUCTION_MACHINE = 'auction'

/** Commits of others change nothing that this node owes, so they are not listened to. */
const LEDGER_EVENTS = [
  'auction-announced',
  'auction-closed',
  'auction-revealed',
  'auction-awarded',
  'auction-no-award',
  'auction-cancelled'
]

interface Node {
  readonly deps: PlanDeps
  readonly attempts: Attempts
}

/**
 * Sees this node's part of every auction through: bids for its agents, reveals, closes and awards in turn.
 *
 * It acts on the ledger's state, never on its own memory of it, so that a restart, a repeated event or a lost
 * submission leads to the same next step; what the state shows as done is not submitted again.
 * Source: docs/protocol/auction.md, rules A10 to A12 and A28.
 */
const createMachine = (node: Node): Machine => ({
  name: AUCTION_MACHINE,
  codecs: [],
  ledgerEvents: LEDGER_EVENTS,
  start: now => listOpen(auctionsOf(node)).flatMap(id => drive(node, id, now)),
  step: (input, now) => step(node, input, now)
})

const auctionsOf = ({ deps }: Node) => deps.state.module(AUCTION_MODULE)

const step = (node: Node, input: MachineInput, now: TimeMs): readonly Effect[] => {
  switch (input.type) {
    case 'timer':
      return drive(node, input.timer, now)
    case 'command': {
      const command = asAuctionCommand(input.command)
      return command ? onCommand(node, command, now) : []
    }
    default:
      return []
  }
}

const onCommand = (node: Node, command: AuctionCommand, now: TimeMs): readonly Effect[] => {
  switch (command.name) {
    case 'auction.register-agent':
      return [submitEffect(registerDraft(command.payload.agent), command.payload.token)]
    case 'auction.remove-agent':
      return [submitEffect(leaveDraft(command.payload.name), command.payload.token)]
    case 'auction.announce':
      return [submitEffect(announceDraft(command.payload.spec), command.payload.token)]
    case 'auction.cancel':
      return onCancel(node, command.payload)
    case 'auction.bid':
      return onBid(node, command.payload, now)
    case 'ledger.event':
      return onLedgerEvent(node, command.payload, now)
    default:
      return onRefused(node, command.payload.token, now)
  }
}

const onCancel = (node: Node, { auction, token }: AuctionCommands['auction.cancel']): readonly Effect[] => {
  const found = readAuctionState(auctionsOf(node), auction)
  if (!found) return [refusedEffect(token, 'auction-unknown')]
  if (!isOpen(found)) return [refusedEffect(token, 'auction-finished')]
  return [submitEffect(cancelDraft(auction), token)]
}

/** The attempt is noted, so that the same commit is not sent twice: once for the caller, once by the plan. */
const onBid = (node: Node, request: AuctionCommands['auction.bid'], now: TimeMs): readonly Effect[] => {
  const taken = takeBid(node.deps, request)
  if (!taken.ok) return taken.effects
  node.attempts.note(`${request.auction}:commit:${request.agent}`, now)
  return [...taken.effects, ...drive(node, request.auction, now)]
}

/** A reveal changes what this node owes only when it is the last one. */
const onLedgerEvent = (node: Node, event: LedgerEvent, now: TimeMs): readonly Effect[] => {
  if (event.type === 'auction-revealed') {
    const auction = readAuctionState(auctionsOf(node), event.id)
    return auction && isEvaluable(auction, 0) ? drive(node, event.id, now) : []
  }
  return LEDGER_EVENTS.includes(event.type) ? drive(node, event.id, now) : []
}

/** Tokens of this machine are `auction:<step key>:<attempt>`. */
const onRefused = (node: Node, token: string, now: TimeMs): readonly Effect[] => {
  const [machine, id, ...rest] = token.split(':')
  if (machine !== AUCTION_MACHINE || id === undefined) return []
  node.attempts.hasten([id, ...rest.slice(0, -1)].join(':'), now)
  return drive(node, id, now)
}

/** Submits what is due and sets the auction's timer to what comes next. */
const drive = (node: Node, id: Digest, now: TimeMs): readonly Effect[] => {
  const auction = readAuctionState(auctionsOf(node), id)
  if (!auction || !isOpen(auction)) return auction ? wrapUp(node, id) : []
  const steps = planSteps(node.deps, auction, now)
  const effects = steps.flatMap(planned => attempt(node, planned, now))
  const next = Math.min(...steps.map(({ key, firstMs }) => node.attempts.dueMs(key, firstMs)))
  return Number.isFinite(next) ? [...effects, { type: 'schedule', timer: id, atMs: next }] : effects
}

const attempt = ({ attempts }: Node, planned: PlannedStep, now: TimeMs): readonly Effect[] => {
  if (attempts.dueMs(planned.key, planned.firstMs) > now) return []
  const { ops, draft } = planned.make()
  const token = `${AUCTION_MACHINE}:${planned.key}:${attempts.note(planned.key, now)}`
  const submit = submitEffect(draft, token)
  return ops.length === 0 ? [submit] : [{ type: 'persist', ops }, submit]
}

const wrapUp = ({ deps, attempts }: Node, id: Digest): readonly Effect[] => {
  attempts.forget(`${id}:`)
  const ops = deps.book.forget(id)
  const cancel: Effect = { type: 'cancel', timer: id }
  return ops.length === 0 ? [cancel] : [{ type: 'persist', ops }, cancel]
}

export interface AuctionMachineOptions {
  readonly catalogue?: Catalogue
  readonly strategies?: readonly BidStrategy[]
}

/**
 * Errors: QRT_CONFIG when the founding document's auction config is not valid; QRT_PLUGIN on two bid
 * strategies of a name.
 */
export const createAuctionMachineFactory = (options: AuctionMachineOptions = {}): MachineFactory => {
  const { catalogue = BUILT_IN_CATALOGUE, strategies = BUILT_IN_BID_STRATEGIES } = options
  const byName = new Map(strategies.map(strategy => [strategy.name, strategy]))
  if (byName.size !== strategies.length) {
    throw new QuorateError('QRT_PLUGIN', 'two bid strategies have the same name')
  }
  return {
    name: AUCTION_MACHINE,
    create: init => {
      const { self, signing, state, application } = init
      const book = createBidBook(init.store)
      const rules = createRules(init.founding.auction.config, catalogue)
      const deps: PlanDeps = {
        self,
        signing,
        state,
        rules,
        book,
        strategies: byName,
        voters: () => application.voters()
      }
      return createMachine({ deps, attempts: createAttempts() })
    }
  }
}
