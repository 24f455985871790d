import type { ServerResponse } from 'node:http'
import { describe, expect, it } from 'vitest'
import type { EventView } from '@quorate/contracts'
import { createClient } from '../../src/index.ts'
import type { EventsInit } from '../../src/index.ts'
import { listen } from './server.ts'

type Script = (response: ServerResponse) => void

/** Serves one script for each connection, in turn, and notes the Last-Event-ID that each came with. */
async function scripted(
  scripts: readonly Script[]
): Promise<{ api: string; lastIds: (string | undefined)[] }> {
  const lastIds: (string | undefined)[] = []
  const api = await listen((request, response) => {
    const script = scripts[lastIds.length]
    lastIds.push(request.headers['last-event-id'] as string | undefined)
    if (script === undefined) {
      response.statusCode = 403
      response.end('{"code":"QRT_NOT_ALLOWED","detail":"over"}')
      return
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    script(response)
  })
  return { api, lastIds }
}

function event(cursor: number): string {
  const view: EventView = { cursor, type: 'decision', at: 'now', data: null }
  return `id: ${cursor}\nevent: decision\ndata: ${JSON.stringify(view)}\n\n`
}

async function take(api: string, count: number, init: EventsInit = {}): Promise<EventView[]> {
  const seen: EventView[] = []
  for await (const item of createClient({ api }).events({ reconnectMs: 1, ...init })) {
    seen.push(item)
    if (seen.length === count) break
  }
  return seen
}

describe('events', () => {
  it('goes on after the last event seen when the stream breaks', async () => {
    const { api, lastIds } = await scripted([
      response => response.write(event(1) + event(2), () => response.destroy()),
      response => response.end(event(3)),
      response => response.write(event(4))
    ])
    const seen = await take(api, 4)
    expect(seen.map(item => item.cursor)).toEqual([1, 2, 3, 4])
    expect(lastIds).toEqual([undefined, '2', '3'])
  })

  it('does not hand out an event that the break cut in two', async () => {
    const { api, lastIds } = await scripted([
      response => response.write(event(1) + event(2).slice(0, -4), () => response.destroy()),
      response => response.write(event(2))
    ])
    expect((await take(api, 2)).map(item => item.cursor)).toEqual([1, 2])
    expect(lastIds).toEqual([undefined, '1'])
  })

  it('starts after a given cursor', async () => {
    const { api, lastIds } = await scripted([response => response.write(event(8))])
    await take(api, 1, { since: 7 })
    expect(lastIds).toEqual(['7'])
  })

  it('announces a gap', async () => {
    const { api } = await scripted([
      response => response.write('event: gap\ndata: {"from":1,"to":4}\n\n'.concat(event(5)))
    ])
    const [gap, next] = await take(api, 2)
    expect(gap).toMatchObject({ cursor: null, type: 'gap', data: { from: 1, to: 4 } })
    expect(next?.cursor).toBe(5)
  })

  it('takes a silent stream for lost, and a heartbeat for a sign of life', async () => {
    const { api, lastIds } = await scripted([
      response => response.write(`: heartbeat\n\n${event(1)}`),
      response => response.write(event(2))
    ])
    expect((await take(api, 2, { silenceMs: 30 })).map(item => item.cursor)).toEqual([1, 2])
    expect(lastIds).toEqual([undefined, '1'])
  })

  it('reports a first attempt that fails', async () => {
    await expect(take('/nowhere/api.sock', 1)).rejects.toMatchObject({ code: 'QRT_UNREACHABLE' })
  })

  it('does not try again what is refused', async () => {
    const { api, lastIds } = await scripted([response => response.end(event(1))])
    await expect(take(api, 2)).rejects.toMatchObject({ code: 'QRT_NOT_ALLOWED' })
    expect(lastIds).toHaveLength(2)
  })

  it('ends when the caller aborts', async () => {
    const controller = new AbortController()
    const { api } = await scripted([response => response.write(': hello\n\n', () => controller.abort())])
    const all = take(api, 1, { signal: controller.signal })
    await expect(all).rejects.toMatchObject({ code: 'QRT_INTERRUPTED' })
  })
})
