import { randomBytes } from 'node:crypto'
import {
  QuorateError,
  type AgentRegistered,
  type BidAccepted,
  type BidRequest,
  type ConfigResult
} from '@quorate/contracts'
import {
  addressOf,
  agentFromRequest,
  announceDraft,
  auctionIdOf,
  auctionSpecFromRequest,
  bidFromRequest
} from '@quorate/auction'
import type { z } from 'zod'
import { hashToken } from '../../machines/agent-tokens.ts'
import { answerText } from '../asks.ts'
import type { ApiContext } from '../context.ts'
import { askOnce, type Keyed } from '../idempotency.ts'
import { ANSWER_MS_MAX } from '../proposals/propose.ts'
import { reachableVoters } from '../quorum.ts'
import { accepted } from '../refusal.ts'
import type { AuctionBody, registerAgentRequest } from '../schemas/auction.ts'
import { eventId, waitFor } from '../wait.ts'
import { findAuction } from './auction-views.ts'

/** How long the group may take to order one entry before the caller is told that it has not yet. */
const ORDERED_MS = 10_000

/** Every issue in one message. */
const checked = <T>(result: ConfigResult<T>): T => {
  if (result.ok) return result.value
  throw new QuorateError('QRT_USAGE', `${result.issues.join('; ')}.`)
}

/** An entry that was not ordered in time: who is missing decides what the caller is told. */
const whenOrdered = async <T>(api: ApiContext, work: Promise<T>): Promise<T> => {
  try {
    return await work
  } catch (error) {
    if (!(error instanceof QuorateError) || error.code !== 'QRT_UNDECIDED') throw error
    const { isQuorate, connected, quorum, absent } = reachableVoters(api)
    if (isQuorate) throw error
    const message = `The quorum of ${quorum} is not reachable: ${connected.length} voters are connected.`
    throw new QuorateError('QRT_NO_QUORUM', message, { details: { absentVoters: absent }, cause: error })
  }
}

/** Registers an agent of this node with the group, and gives its token: told once, kept as a hash. */
export const registerAgent = async (
  api: ApiContext,
  request: z.output<typeof registerAgentRequest>
): Promise<AgentRegistered> => {
  if (request.exec !== undefined) throw noAdapter('--exec')
  const agent = checked(agentFromRequest(request))
  const register = (token: string) => ({ name: 'auction.register-agent', payload: { agent, token } })
  accepted(await whenOrdered(api, api.asks.ask(register, ORDERED_MS)))
  const token = `qrt_${randomBytes(32).toString('base64url')}`
  const issue = { agent: agent.name, hash: hashToken(token) }
  await api.asks.ask(answer => ({ name: 'api.issue', payload: { ...issue, token: answer } }), ANSWER_MS_MAX)
  return { agent: addressOf(api.signing.self, agent.name), token }
}

/** Announces the auction; gives its id once the announcement is ordered. */
export const announceAuction = async (
  api: ApiContext,
  request: AuctionBody,
  keyed: Keyed | undefined
): Promise<string> => {
  if (request.run === true) throw noAdapter('--run')
  const nonce = new Uint8Array(randomBytes(16))
  const spec = checked(auctionSpecFromRequest(request, { state: api.ledger.state, nonce }))
  const ownId = auctionIdOf(api.signing.self, announceDraft(spec).body)
  const command = (token: string) => ({ name: 'auction.announce', payload: { spec, token } })
  const { id } = await whenOrdered(api, askOnce(api, { keyed, id: ownId, command }, ORDERED_MS))
  // What a repeated key finds may still be on its way.
  await whenOrdered(api, announced(api, id))
  return id
}

const announced = async (api: ApiContext, id: string): Promise<void> => {
  const read = () => findAuction(api, id)
  const untilMs = api.now() + ORDERED_MS
  const view = await waitFor(api, { read, concerns: event => eventId(event) === id, untilMs })
  if (!view)
    throw new QuorateError('QRT_UNDECIDED', `The announcement of auction ${id} has not been ordered yet.`)
}

const noAdapter = (flag: string): QuorateError =>
  new QuorateError('QRT_USAGE', `${flag} needs an agent adapter, which this release does not have yet.`)

/** Seals a bid for an agent of this node. */
export const bid = async (api: ApiContext, auction: string, request: BidRequest): Promise<BidAccepted> => {
  const agent = ownAgentName(api, request.agent)
  const { agent: _agent, ...terms } = request
  const payload = { auction, agent, bid: checked(bidFromRequest(terms)) }
  const command = (token: string) => ({ name: 'auction.bid', payload: { ...payload, token } })
  const answer = await api.asks.ask(command, ANSWER_MS_MAX)
  accepted(answer)
  return { auctionId: auction, bidId: answerText(answer, 'bid'), sealed: true }
}

/** The name of an own agent, given as a name or as an address. Errors: QRT_NOT_ALLOWED for another node's. */
export const ownAgentName = ({ signing, founding }: ApiContext, agent: string): string => {
  const slash = agent.indexOf('/')
  if (slash < 0) return agent
  const host = agent.slice(0, slash)
  const isOwn = founding.members.some(
    ({ peerId, member }) => peerId === signing.self && (host === peerId || host === member)
  )
  if (isOwn) return agent.slice(slash + 1)
  throw new QuorateError('QRT_NOT_ALLOWED', `${agent} is an agent of another node: bid there.`)
}

/** Cancels an own auction; resolves once that is ordered. */
export const cancelAuction = async (api: ApiContext, auction: string): Promise<void> => {
  const cancel = (token: string) => ({ name: 'auction.cancel', payload: { auction, token } })
  accepted(await whenOrdered(api, api.asks.ask(cancel, ORDERED_MS)))
}

/** Waits until the auction has ended or the time is up. */
export const waitForAuction = (
  api: ApiContext,
  wait: { readonly id: string; readonly timeoutMs: number; readonly signal?: AbortSignal | undefined }
): Promise<unknown> =>
  waitFor(api, {
    read: () => (isEnded(findAuction(api, wait.id)?.phase) ? true : undefined),
    concerns: event => event.type.startsWith('auction-') && eventId(event) === wait.id,
    untilMs: api.now() + wait.timeoutMs,
    signal: wait.signal
  })

const isEnded = (phase: string | undefined): boolean =>
  phase === 'awarded' || phase === 'no-award' || phase === 'cancelled'
