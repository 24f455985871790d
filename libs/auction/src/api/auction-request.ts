import type { AuctionRequest, ConfigResult, StateReader } from '@quorate/contracts'
import { specFault } from '../ledger/announce.ts'
import { STANDARD_RULES, type Rules } from '../rules.ts'
import { announceShape, type AuctionSpec } from '../wire/auction-entries.ts'
import { readMarket, standardReserve, standardTargetMs } from './anchors.ts'
import { createEdge, type Edge, type Numbers } from './edge.ts'
import { parseMemory } from './memory-size.ts'
import { toBaseUnits } from './resources.ts'

/** An auction request with the fields that the contract does not name yet. */
export interface AuctionStart extends AuctionRequest {
  /**
   * Lets agents of the announcing daemon bid. Default false: an initiator's own agents are barred as possible
   * shills.
   */
  readonly initiatorMayBid?: boolean
  /** Duration that counts as full performance. */
  readonly targetMs?: number
}

export interface AuctionRequestInit {
  /** The ledger's state, for anchors that the request leaves open. */
  readonly state: StateReader
  /** 16 random bytes; the same request with the same nonce is the same auction. */
  readonly nonce: Uint8Array
  readonly rules?: Rules
}

const STANDARD_WEIGHTS: Numbers = { cost: 0.4, quality: 0.3, performance: 0.2, reliability: 0.1 }
const STANDARD_WINDOW_MS = 2000

const FAULTS: { readonly [code: string]: string } = {
  'auction-anchors': 'the reserve must be above the floor',
  'auction-window': 'the bid window is shorter or longer than the group allows',
  'auction-min-bids': 'more bids are asked for than an auction can have',
  'auction-scoring-unknown': 'there is no such scoring strategy (there are "anchored" and "minmax")',
  'auction-weights': 'at least one weight must be above 0',
  'auction-criterion-unknown': 'a weight names a criterion that the scoring strategy does not have',
  'auction-payment-unknown': 'there is no such payment rule (there are "first-score" and "second-score")',
  'auction-payment-needs-anchored-cost':
    'second-score payment needs "anchored" scoring and a cost weight above 0: otherwise it has no price'
}

const resourcesOf = (requirements: NonNullable<AuctionRequest['requirements']>, edge: Edge): Numbers => {
  const { cpu, memory } = requirements
  const bytes = memory === undefined ? 0 : parseMemory(memory)
  if (bytes === undefined) edge.issues.push(`memory must be a size like 4GiB, not ${String(memory)}`)
  const wanted = {
    ...(cpu === undefined ? {} : { cpu }),
    ...(memory === undefined ? {} : { memory: bytes ?? 0 })
  }
  return toBaseUnits(edge, 'requirement', wanted)
}

/** Reserve and target from the registrations when the request names none; the floor is then 0. */
const anchorsOf = (
  request: AuctionStart,
  lot: Pick<AuctionSpec, 'work' | 'capabilities' | 'resources'>,
  init: {
    readonly state: StateReader
    readonly edge: Edge
  }
): Pick<AuctionSpec, 'reserve' | 'floor' | 'targetMs'> => {
  const { edge, state } = init
  const market = readMarket(state, lot)
  const { reserve, floor, targetMs } = request
  return {
    reserve: reserve === undefined ? standardReserve(lot.work, market) : edge.micro('reserve', reserve),
    floor: edge.micro('floor', floor ?? 0),
    targetMs: targetMs === undefined ? standardTargetMs(lot.work, market) : edge.count('target', targetMs)
  }
}

/**
 * The announcement that a request asks for: decimals become integers here, and what was left open is filled
 * in and thereby announced (docs/protocol/auction.md, "defaults").
 * Errors: every issue, in words.
 */
export const auctionSpecFromRequest = (
  request: AuctionStart,
  init: AuctionRequestInit
): ConfigResult<AuctionSpec> => {
  const edge = createEdge()
  const requirements = request.requirements ?? {}
  const lot = {
    task: request.task,
    taskClass: requirements.taskClass ?? 'general',
    capabilities: edge.fractions('capability', requirements.capabilities ?? {}),
    resources: resourcesOf(requirements, edge),
    weights: edge.micros('weight', request.weights ?? STANDARD_WEIGHTS),
    work: edge.micro('work', request.work ?? 1)
  }
  const spec: AuctionSpec = {
    ...lot,
    ...anchorsOf(request, lot, { state: init.state, edge }),
    scoring: { id: request.scoring ?? 'anchored', version: 1 },
    payment: request.payment ?? 'first-score',
    minBids: edge.count('the number of bids', request.minBids ?? 1),
    bidWindowMs: edge.count('the bid window (milliseconds)', request.bidWindowMs ?? STANDARD_WINDOW_MS),
    initiatorMayBid: request.initiatorMayBid ?? false,
    nonce: init.nonce
  }
  const issues = edge.issues.length > 0 ? edge.issues : specIssues(spec, init.rules ?? STANDARD_RULES)
  return issues.length === 0 ? { ok: true, value: spec } : { ok: false, issues }
}

const specIssues = (spec: AuctionSpec, rules: Rules): readonly string[] => {
  if (spec.work === 0) return ['work must be above 0']
  if (spec.reserve === 0) return ['the reserve must be above 0']
  if (announceShape.decode(announceShape.encode(spec)) === undefined) {
    return ['a text or a list of the request is larger than allowed (the task: 1 to 8192 bytes)']
  }
  const fault = specFault(spec, rules)
  return fault === undefined ? [] : [FAULTS[fault] ?? fault]
}
