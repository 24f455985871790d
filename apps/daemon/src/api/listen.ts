import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { isMainThread } from 'node:worker_threads'
import { chmodSync, rmSync } from 'node:fs'
import { QuorateError } from '@quorate/contracts'
import { OWNER_FILE } from '../home/write-file.ts'
import { prepareSocket } from './socket-file.ts'

/** A place where the control API is served. */
export interface Listener {
  /** Socket path, or `http://127.0.0.1:PORT`. */
  readonly address: string
  /** Takes no more requests; those under way get `graceMs`, then their connections are cut. */
  close(graceMs: number): Promise<void>
}

/** Windows has no such bits, and a worker thread may not change those of its process. */
const canMask = process.platform !== 'win32' && isMainThread

/** Only the control API's own overhead: a caller that sends its headers slowly holds nothing but its socket. */
const HEADERS_MS_MAX = 10_000

const serve = (handler: RequestListener): Server =>
  createServer({ requestTimeout: 0, headersTimeout: HEADERS_MS_MAX, keepAliveTimeout: 60_000 }, handler)

/** Errors: those of `prepareSocket`. */
export const listenOnSocket = async (handler: RequestListener, path: string): Promise<Listener> => {
  await prepareSocket(path)
  const server = serve(handler)
  // The file must never be there with wider rights, not even for a moment: bind happens inside listen().
  const mask = canMask ? process.umask(0o177) : undefined
  const listening = started(server, () => server.listen(path))
  if (mask !== undefined) process.umask(mask)
  await listening
  if (process.platform !== 'win32') chmodSync(path, OWNER_FILE)
  return listenerOf(server, path, () => rmSync(path, { force: true }))
}

/** Loopback only. Port 0 takes a free one. Errors: QRT_PORT_IN_USE. */
export const listenOnPort = async (handler: RequestListener, port: number): Promise<Listener> => {
  const server = serve(handler)
  try {
    await started(server, () => server.listen(port, '127.0.0.1'))
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw cause
    throw new QuorateError('QRT_PORT_IN_USE', `The address 127.0.0.1:${port} is in use.`, {
      details: { port },
      suggestions: ['Choose another port with --http, or 0 for a free one.'],
      cause
    })
  }
  const { port: chosen } = server.address() as AddressInfo
  return listenerOf(server, `http://127.0.0.1:${chosen}`, () => undefined)
}

const started = (server: Server, listen: () => void): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.once('listening', () => {
      server.off('error', reject)
      resolve()
    })
    listen()
  })

const listenerOf = (server: Server, address: string, remove: () => void): Listener => ({
  address,
  close: graceMs =>
    new Promise(resolve => {
      const timer = setTimeout(() => server.closeAllConnections(), graceMs)
      server.close(() => {
        clearTimeout(timer)
        remove()
        resolve()
      })
      server.closeIdleConnections()
    })
})
