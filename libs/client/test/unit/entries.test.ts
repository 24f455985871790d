import { describe, expect, it } from 'vitest'
import { createClient } from '../../src/index.ts'
import type { EntryRequest, EntryResult } from '../../src/index.ts'
import { readLines } from '../../src/lines.ts'
import { listen } from './server.ts'

/** Orders each line as it comes in; refuses the statement `bad`. */
async function orderingServer(): Promise<string> {
  return listen(async (request, response) => {
    response.writeHead(200, { 'content-type': 'application/x-ndjson' })
    let line = 0
    for await (const text of readLines(request)) {
      line += 1
      const { statement } = JSON.parse(text) as EntryRequest
      const placed = { line, entryId: statement, sequence: line, digest: 'd' }
      const refused = { line, error: { code: 'QRT_REFUSED', message: 'no' } }
      response.write(`${JSON.stringify(statement === 'bad' ? refused : placed)}\n`)
    }
    response.end()
  })
}

async function collect(results: AsyncIterable<EntryResult>): Promise<EntryResult[]> {
  const all: EntryResult[] = []
  for await (const result of results) all.push(result)
  return all
}

describe('entries', () => {
  it('gives one result for each line', async () => {
    const client = createClient({ api: await orderingServer() })
    expect(await collect(client.entries([{ statement: 'a', data: 1 }, { statement: 'bad' }]))).toEqual([
      { line: 1, entryId: 'a', sequence: 1, digest: 'd' },
      { line: 2, error: { code: 'QRT_REFUSED', message: 'no' } }
    ])
  })

  it('gives the first result before the last line is written', async () => {
    const client = createClient({ api: await orderingServer() })
    const first = Promise.withResolvers<void>()
    async function* source(): AsyncGenerator<EntryRequest> {
      yield { statement: 'a' }
      await first.promise
      yield { statement: 'b' }
    }
    const sequences: number[] = []
    for await (const result of client.entries(source())) {
      first.resolve()
      if ('sequence' in result) sequences.push(result.sequence)
    }
    expect(sequences).toEqual([1, 2])
  })

  it('carries many large lines', async () => {
    const client = createClient({ api: await orderingServer() })
    const source = Array.from({ length: 200 }, (_, index) => ({
      statement: `${index}`,
      data: 'x'.repeat(20_000)
    }))
    expect(await collect(client.entries(source))).toHaveLength(200)
  })

  it('passes on a refusal of the whole stream', async () => {
    const api = await listen((_request, response) => {
      response.statusCode = 503
      response.end('{"code":"QRT_NO_QUORUM","detail":"two of four"}')
    })
    const all = collect(createClient({ api }).entries([{ statement: 'a' }]))
    await expect(all).rejects.toMatchObject({ code: 'QRT_NO_QUORUM', message: 'two of four' })
  })

  it('ends with an error when the daemon goes away', async () => {
    const api = await listen((request, response) => {
      response.write('{"line":1,"entryId":"a","sequence":1,"digest":"d"}\n', () => request.socket.destroy())
    })
    const all = collect(createClient({ api }).entries([{ statement: 'a' }]))
    await expect(all).rejects.toMatchObject({ code: 'QRT_UNREACHABLE' })
  })
})
