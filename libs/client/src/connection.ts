import { Agent, request } from 'node:http'
import type { ClientRequest, IncomingMessage } from 'node:http'
import { formatEndpoint, parseEndpoint } from './endpoint.ts'
import type { Endpoint } from './endpoint.ts'
import { interrupted, noAnswer, unreachable } from './failure.ts'

export interface ConnectionInit {
  /** Socket path, `unix:PATH` or `http://127.0.0.1:PORT`. */
  readonly api: string
  /** Bearer token; needed on TCP, and for calls in an agent's name. */
  readonly token?: string | undefined
  /** What to suggest when no daemon answers; the caller knows the home. */
  readonly whenUnreachable?: readonly string[] | undefined
  /** Ends every call under way. */
  readonly signal?: AbortSignal | undefined
}

export interface OpenRequest {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly headers?: { readonly [name: string]: string }
  readonly signal?: AbortSignal | undefined
  /** Until the response's head arrives; absent: no limit. */
  readonly headTimeoutMs?: number | undefined
}

/** Opens requests to one daemon; keeps sockets for the next one, without keeping the process alive. */
export interface Connection {
  readonly address: string
  /** Gives the request to write to, and the response's head as soon as it is there. */
  open(init: OpenRequest): { readonly request: ClientRequest; readonly response: Promise<IncomingMessage> }
  /** Makes the error that a caller should see of one that happened underneath. */
  explain(error: unknown, signal?: AbortSignal): Error
  close(): void
}

export function createConnection(init: ConnectionInit): Connection {
  const endpoint = parseEndpoint(init.api)
  const address = formatEndpoint(endpoint)
  const agent = new Agent({ keepAlive: true })
  const explain = (error: unknown, signal?: AbortSignal): Error =>
    init.signal?.aborted === true || signal?.aborted === true
      ? interrupted(error)
      : unreachable(error, { address, suggestions: init.whenUnreachable ?? [] })
  return {
    address,
    explain,
    close: () => agent.destroy(),
    open: call => {
      const sent = request({
        ...target(endpoint),
        agent,
        method: call.method,
        path: call.path,
        headers: { accept: 'application/json', ...authorization(init.token), ...call.headers },
        ...anySignal([init.signal, call.signal])
      })
      return { request: sent, response: head(sent, call, error => explain(error, call.signal)) }
    }
  }
}

function target(endpoint: Endpoint): { socketPath: string; host: string } | { host: string; port: number } {
  // Over a socket no host name is used; the daemon's Host check still wants a local one.
  if (endpoint.type === 'socket') return { socketPath: endpoint.socketPath, host: 'localhost' }
  return { host: endpoint.host, port: endpoint.port }
}

function authorization(token: string | undefined): { [name: string]: string } {
  return token === undefined ? {} : { authorization: `Bearer ${token}` }
}

function anySignal(signals: readonly (AbortSignal | undefined)[]): { signal?: AbortSignal } {
  const given = signals.filter(signal => signal !== undefined)
  return given.length === 0 ? {} : { signal: AbortSignal.any(given) }
}

function head(
  sent: ClientRequest,
  call: OpenRequest,
  explain: (error: unknown) => Error
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const timer = call.headTimeoutMs === undefined ? undefined : setTimeout(expire, call.headTimeoutMs)
    function expire(): void {
      sent.destroy(noAnswer(call.headTimeoutMs ?? 0))
    }
    sent.once('response', response => {
      clearTimeout(timer)
      resolve(response)
    })
    sent.once('error', error => {
      clearTimeout(timer)
      reject(explain(error))
    })
    // An error after the response is the response's to report; without a listener it would end the process.
    sent.on('error', () => undefined)
  })
}
