import { describe, expect, it } from 'vitest'
import { createClient } from '../../src/index.ts'
import { bodyOf, listen } from './server.ts'

describe('calls', () => {
  it('gives the body of the answer, and the daemon the path, the body and the token', async () => {
    const seen: unknown[] = []
    const api = await listen(async (request, response) => {
      const { method, url, headers } = request
      seen.push([method, url, headers.authorization, headers.host, await bodyOf(request)])
      response.end('{"proposalId":"p1"}')
    })
    const client = createClient({ api, token: 'secret' })
    expect(await client.propose({ statement: 'x', deadlineMs: 5 })).toEqual({ proposalId: 'p1' })
    expect(seen).toEqual([
      ['POST', '/v1/proposals', 'Bearer secret', 'localhost', '{"statement":"x","deadlineMs":5}']
    ])
  })

  it('asks at the documented paths', async () => {
    const paths: string[] = []
    const api = await listen((request, response) => {
      paths.push(`${request.method} ${request.url}`)
      response.end('[]')
    })
    const client = createClient({ api })
    await client.proposals({ pending: true })
    await client.waitForProposal('a/b', 250)
    await client.vote('p', { verdict: 'accept' })
    await client.ledger({ since: 3, limit: 10 })
    await client.ledger()
    await client.evidenceDetail('e')
    await client.bid('a', { agent: 'x', cost: 1, quality: 1, throughput: 1 })
    await client.cancelAuction('a')
    await client.replayAuction('a')
    await client.connect({ peerId: 'p', addresses: [] })
    expect(paths).toMatchInlineSnapshot(`
      [
        "GET /v1/proposals?pending=true",
        "GET /v1/proposals/a%2Fb/wait?timeoutMs=250",
        "POST /v1/proposals/p/votes",
        "GET /v1/ledger?since=3&limit=10",
        "GET /v1/ledger",
        "GET /v1/evidence/e",
        "POST /v1/auctions/a/bids",
        "POST /v1/auctions/a/cancel",
        "POST /v1/auctions/a/replay",
        "POST /v1/connect",
      ]
    `)
  })

  it('tells a daemon that is ready from one that is not', async () => {
    const api = await listen((request, response) => {
      response.statusCode = request.url === '/livez' ? 200 : 503
      response.end('{}')
    })
    const client = createClient({ api })
    expect([await client.isLive(), await client.isReady()]).toEqual([true, false])
  })
})
