import { hash } from 'node:crypto'
import { tmpdir } from 'node:os'
import type { RequestListener } from 'node:http'
import { apiAddress } from '@quorate/contracts'
import type { HomePaths } from '../home/layout.ts'
import { createApiContext } from './context-of.ts'
import type { ApiNode } from './context.ts'
import { listenOnPort, listenOnSocket, type Listener } from './listen.ts'
import { createApp } from './server.ts'
import { ensureToken } from './token-file.ts'

export type { ApiLog, ApiNode } from './context.ts'

/** The control API, serving. */
export interface RunningApi {
  readonly socket: string
  /** Base URL on TCP, when it is served there. */
  readonly http: string | null
  /** Ends what waits, gives requests under way a moment, and closes. */
  stop(): Promise<void>
}

export interface StartApiInit {
  readonly node: ApiNode
  /** Absolute. */
  readonly home: string
  readonly paths: HomePaths
}

/** Time that requests under way get when the daemon stops. */
const GRACE_MS = 500

/** Where the socket of a home is. */
export const socketPath = (home: string): string =>
  apiAddress({ home, tmpdir: tmpdir(), sha256Hex: text => hash('sha256', text, 'hex') })

/** Serves the control API. Errors: QRT_ALREADY_RUNNING, QRT_PORT_IN_USE, QRT_NOT_ALLOWED, QRT_CONFIG. */
export const startApi = async ({ node, home, paths }: StartApiInit): Promise<RunningApi> => {
  const context = createApiContext(node)
  const port = node.config['http.port']
  const token = port === 'off' ? undefined : ensureToken(paths.token)
  const app = await createApp(context, { store: node.store, token: () => token })
  const handler: RequestListener = (request, response) => app.routing(request, response)
  const listeners: Listener[] = []
  const stop = async (): Promise<void> => {
    context.asks.close()
    await Promise.all(listeners.map(listener => listener.close(GRACE_MS)))
    await app.close()
  }
  try {
    listeners.push(await listenOnSocket(handler, socketPath(home)))
    if (port !== 'off') listeners.push(await listenOnPort(handler, port))
  } catch (error) {
    await stop()
    throw error
  }
  return { socket: socketPath(home), http: listeners[1]?.address ?? null, stop }
}
