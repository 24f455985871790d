import { timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { QuorateError, type StoreReader } from '@quorate/contracts'
import { agentOfToken, hashToken } from '../machines/agent-tokens.ts'

/** In whose name a request comes: the owner of the home, or one of the node's agents. */
export type Caller = { readonly kind: 'owner' } | { readonly kind: 'agent'; readonly name: string }

const OWNER: Caller = { kind: 'owner' }

/** Host names under which the loopback port may be addressed: a page of another site cannot forge them (DNS rebinding). */
const LOCAL_HOST = /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i

/** Paths that tell nothing and need no token. */
const OPEN_PATHS: ReadonlySet<string> = new Set(['/livez', '/readyz'])

export interface AccessInit {
  readonly store: StoreReader
  /** Undefined while the API is served on the socket only. */
  readonly token: () => string | undefined
}

/** A unix socket has no port. Who can open it is the home's owner: the file and its folder are closed to others. */
export const isLocalSocket = (request: IncomingMessage): boolean => request.socket.localPort === undefined

/**
 * Finds out who calls.
 * Errors: QRT_NOT_ALLOWED for another host or any other site's page, QRT_UNAUTHENTICATED without a valid token.
 */
export const identify = (request: IncomingMessage, { store, token }: AccessInit): Caller => {
  const onSocket = isLocalSocket(request)
  if (!onSocket) refuseOtherSites(request)
  const given = bearerOf(request)
  if (given === undefined) {
    if (onSocket || OPEN_PATHS.has(pathOf(request))) return OWNER
    throw unauthenticated('The control API on TCP needs the bearer token that is in api.token of the home.')
  }
  const own = token()
  if (own !== undefined && isSame(given, own)) return OWNER
  const agent = agentOfToken(store, given)
  if (agent !== undefined) return { kind: 'agent', name: agent }
  throw unauthenticated('The token is of neither this node nor one of its agents.')
}

/** What an agent may do besides reading: bid, for itself. Errors: QRT_NOT_ALLOWED. */
export const refuseAgent = (
  caller: Caller,
  request: { readonly method: string; readonly url: string }
): void => {
  if (
    caller.kind === 'owner' ||
    request.method === 'GET' ||
    /^\/v1\/auctions\/[^/]+\/bids$/.test(request.url)
  )
    return
  throw new QuorateError(
    'QRT_NOT_ALLOWED',
    `The token of agent "${caller.name}" allows reading and bidding only.`
  )
}

/** Errors: QRT_NOT_ALLOWED when one agent speaks for another. */
export const checkAgent = (caller: Caller, agent: string): void => {
  if (caller.kind === 'owner' || caller.name === agent) return
  throw new QuorateError('QRT_NOT_ALLOWED', `The token belongs to agent "${caller.name}", not to "${agent}".`)
}

const refuseOtherSites = ({ headers }: IncomingMessage): void => {
  const { host = '', origin } = headers
  if (LOCAL_HOST.test(host) && (origin === undefined || origin === `http://${host}`)) return
  throw new QuorateError(
    'QRT_NOT_ALLOWED',
    'The control API answers to this machine only, and to no web page.'
  )
}

const bearerOf = ({ headers }: IncomingMessage): string | undefined => {
  const value = headers.authorization
  if (value === undefined) return undefined
  const match = /^Bearer ([A-Za-z0-9._~+/-]{1,256}=*)$/i.exec(value)
  if (!match) throw unauthenticated('The Authorization header is not "Bearer TOKEN".')
  return match[1]
}

/** Compares digests: neither the time nor the length tells anything. */
const isSame = (a: string, b: string): boolean =>
  timingSafeEqual(Buffer.from(hashToken(a)), Buffer.from(hashToken(b)))

const pathOf = (request: IncomingMessage): string => (request.url ?? '').split('?')[0] as string

const unauthenticated = (message: string): QuorateError => new QuorateError('QRT_UNAUTHENTICATED', message)
