import { request } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { eventually, startApiNode } from '../support/api-node.ts'

const entries = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ statement: `e${i}`, data: { i } }))

describe('order-only entries in bulk', () => {
  it('are ordered, and each line learns its place', async () => {
    const { client } = await startApiNode()
    const results = []
    for await (const result of client.entries(entries(3000))) results.push(result)
    const sequences = results.map(result => ('sequence' in result ? result.sequence : 0))
    expect(new Set(sequences)).toEqual(new Set(Array.from({ length: 3000 }, (_, i) => i + 1)))
    expect(new Set(results.map(({ line }) => line)).size).toBe(3000)
    const ledger = await client.ledger({ since: 2999 })
    const last = results.find(result => 'sequence' in result && result.sequence === 3000)
    expect(last).toMatchObject({ digest: ledger[0]?.digest, entryId: ledger[0]?.id })
  })

  it('that are not well formed are answered one by one and spoil nothing', async () => {
    const { client } = await startApiNode()
    const bad = [
      { statement: '' },
      { statement: 'x', other: 1 } as never,
      { statement: 'x'.repeat(9000) },
      { statement: 'x', data: 'y'.repeat(1024 * 1024) },
      { statement: 'x', data: 'z'.repeat(3 * 1024 * 1024) },
      { statement: 'fine' }
    ]
    const codes = new Map<number, string>()
    for await (const result of client.entries(bad))
      codes.set(result.line, 'error' in result ? result.error.code : 'ok')
    expect([1, 2, 3, 4, 5, 6].map(line => codes.get(line))).toEqual([
      'QRT_USAGE',
      'QRT_USAGE',
      'QRT_TOO_LARGE',
      'QRT_TOO_LARGE',
      'QRT_TOO_LARGE',
      'ok'
    ])
    expect(await client.ledger()).toHaveLength(1)
  })

  it('are not read while too many wait: the caller feels the back-pressure', async () => {
    const { api } = await startApiNode({ voters: 4, flags: { 'limits.entries-in-flight': 10 } })
    const headers = { 'content-type': 'application/x-ndjson' }
    const sent = request({ socketPath: api.socket, method: 'POST', path: '/v1/entries', headers })
    sent.on('error', () => undefined)
    const line = `{"statement":"x","data":"${'y'.repeat(10_000)}"}\n`
    let written = 0
    await eventually(async () => {
      for (let i = 0; i < 100 && !sent.writableNeedDrain; i++, written++) sent.write(line)
      await delay(20)
      return sent.writableNeedDrain ? true : undefined
    })
    expect(written * line.length).toBeLessThan(8 * 1024 * 1024)
    sent.destroy()
  })

  it('end with an error for each line when the daemon stops first', async () => {
    const { client, api } = await startApiNode({ voters: 4 })
    const results: unknown[] = []
    const reading = (async () => {
      for await (const result of client.entries(entries(3))) results.push(result)
    })()
    await delay(100)
    await api.stop()
    await reading
    expect(results).toEqual(
      [1, 2, 3].map(
        line =>
          expect.objectContaining({
            line,
            error: expect.objectContaining({ code: 'QRT_STARTING' }) as object
          }) as object
      )
    )
  })
})
