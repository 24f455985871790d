import { QuorateError } from '@quorate/contracts'

/** Where a control API listens: a socket file, or a port of this machine. */
export type Endpoint =
  | { readonly type: 'socket'; readonly socketPath: string }
  | { readonly type: 'tcp'; readonly host: string; readonly port: number }

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/

/**
 * Reads `--api`: a path, `unix:PATH`, or `http://127.0.0.1:PORT`.
 *
 * Errors: QRT_USAGE for anything else. Other machines are refused: the token would travel in the clear.
 */
export function parseEndpoint(api: string): Endpoint {
  if (/^[a-z][a-z0-9+.-]*:/i.test(api)) return parseUrl(api)
  if (api === '') throw unusable(api, 'it is empty')
  return { type: 'socket', socketPath: api }
}

function parseUrl(api: string): Endpoint {
  if (api.startsWith('unix:')) return { type: 'socket', socketPath: api.replace(/^unix:(\/\/(?=\/))?/, '') }
  if (!URL.canParse(api)) throw unusable(api, 'it is not a URL')
  const url = new URL(api)
  if (url.protocol !== 'http:') throw unusable(api, `it cannot be reached by ${url.protocol.slice(0, -1)}`)
  if (!LOOPBACK.test(url.hostname)) throw unusable(api, `${url.hostname} is another machine`)
  return { type: 'tcp', host: url.hostname.replace(/[[\]]/g, ''), port: Number(url.port || 80) }
}

function unusable(api: string, why: string): QuorateError {
  return new QuorateError('QRT_USAGE', `'${api}' is no address of a control API: ${why}.`, {
    suggestions: [
      'Give a socket path or http://127.0.0.1:PORT with --api; use an SSH tunnel for another machine.'
    ]
  })
}

/** The endpoint as people write it. */
export function formatEndpoint(endpoint: Endpoint): string {
  if (endpoint.type === 'socket') return endpoint.socketPath
  const host = endpoint.host.includes(':') ? `[${endpoint.host}]` : endpoint.host
  return `http://${host}:${endpoint.port}`
}
