import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { connect } from 'node:net'
import type { LoggedEvent } from '@quorate/runtime'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { streamEvents, type EventStreamInit } from '../../../src/api/events/event-stream.ts'
import { eventually } from '../../support/api-node.ts'

const event = (cursor: number | null, type = 'proposal-received'): LoggedEvent => ({
  cursor,
  type,
  atMs: 0,
  data: { id: `p${cursor ?? 'live'}` }
})

/** A log that still holds the events from `first` on. */
const createLog = (first: number, last: number) => {
  const listeners = new Set<(logged: LoggedEvent) => void>()
  let newest = last
  const node: EventStreamInit['node'] = {
    subscribe: listener => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    events: {
      last: () => newest,
      since: (cursor, limit) => {
        const from = Math.max(first, cursor + 1)
        const count = Math.max(0, Math.min(limit, newest - from + 1))
        const events = Array.from({ length: count }, (_, i) => event(from + i))
        return { events, gap: cursor + 1 < first }
      }
    }
  }
  const tell = (logged: LoggedEvent): void => {
    if (logged.cursor !== null) newest = logged.cursor
    for (const listener of listeners) listener(logged)
  }
  return { node, tell, listeners }
}

let server: Server
let serve: (response: ServerResponse) => void

beforeEach(async () => {
  server = createServer((_request, response) => serve(response))
  await new Promise<void>(resolve => void server.listen(0, '127.0.0.1', resolve))
})
afterEach(() => {
  server.closeAllConnections()
  server.close()
})

/** Reads what a stream sends; `text()` is all of it so far. */
const read = (init: Omit<EventStreamInit, 'lagBytesMax'> & { lagBytesMax?: number }) => {
  let ended = false
  let text = ''
  serve = response => void streamEvents(response, { lagBytesMax: 1e6, ...init }).then(() => (ended = true))
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n')
  socket.on('error', () => undefined)
  const listen = (): void => void socket.on('data', (data: Buffer) => (text += data.toString()))
  return { socket, listen, text: () => text, ended: () => ended }
}

const idsIn = (text: string): number[] => [...text.matchAll(/^id: (\d+)$/gm)].map(match => Number(match[1]))

describe('the event stream', () => {
  it('goes on after the cursor and then live, without a gap and without a repetition', async () => {
    const log = createLog(1, 1000)
    const stream = read({ node: log.node, since: 600 })
    stream.listen()
    await eventually(() => (log.listeners.size > 0 ? true : undefined))
    log.tell(event(1001))
    await eventually(() => (stream.text().includes('id: 1001') ? true : undefined))
    expect(idsIn(stream.text())).toEqual(Array.from({ length: 401 }, (_, i) => 601 + i))
    stream.socket.destroy()
    await eventually(() => (stream.ended() && log.listeners.size === 0 ? true : undefined))
  })

  it('announces what the log no longer holds', async () => {
    const stream = read({ node: createLog(11, 12).node, since: 4 })
    stream.listen()
    await eventually(() => (stream.text().includes('id: 12') ? true : undefined))
    expect(stream.text()).toContain('event: gap\ndata: {"from":5,"to":10}\n')
    expect(idsIn(stream.text())).toEqual([11, 12])
  })

  it('begins now without a cursor', async () => {
    const log = createLog(1, 5)
    const stream = read({ node: log.node, since: undefined })
    stream.listen()
    await eventually(() => (log.listeners.size > 0 ? true : undefined))
    log.tell(event(6))
    await eventually(() => (stream.text().includes('id: 6') ? true : undefined))
    expect(idsIn(stream.text())).toEqual([6])
  })

  it('tells events that are not durable without an id, and keeps answers to single callers to itself', async () => {
    const log = createLog(1, 0)
    const stream = read({ node: log.node, since: 0 })
    stream.listen()
    await eventually(() => (log.listeners.size > 0 ? true : undefined))
    log.tell(event(null, 'reply'))
    log.tell(event(null, 'batch'))
    await eventually(() => (stream.text().includes('event: batch') ? true : undefined))
    expect(stream.text()).not.toContain('reply')
    expect(idsIn(stream.text())).toEqual([])
  })

  it('shows that it is alive', async () => {
    const stream = read({ node: createLog(1, 0).node, since: 0, heartbeatMs: 5 })
    stream.listen()
    expect(await eventually(() => (stream.text().includes(': alive\n\n') ? true : undefined))).toBe(true)
  })

  it('disconnects a reader that does not read', async () => {
    const log = createLog(1, 0)
    const stream = read({ node: log.node, since: 0, lagBytesMax: 64 * 1024 })
    await eventually(() => (log.listeners.size > 0 ? true : undefined))
    const large: LoggedEvent = { ...event(1), data: 'x'.repeat(100_000) }
    await eventually(() => {
      log.tell(large)
      return stream.ended() ? true : undefined
    })
    expect(log.listeners.size).toBe(0)
  })
})
