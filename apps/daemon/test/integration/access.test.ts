import { readFileSync, statSync } from 'node:fs'
import { connect } from 'node:net'
import { createClient } from '@quorate/client'
import { describe, expect, it } from 'vitest'
import { homePaths } from '../../src/home/layout.ts'
import { startApiNode } from '../support/api-node.ts'

const onPort = async () => {
  const node = await startApiNode({ flags: { 'http.port': 0 } })
  const http = node.api.http as string
  const token = readFileSync(homePaths(node.home).token, 'utf8').trim()
  return { ...node, http, token, auth: { authorization: `Bearer ${token}` } }
}

describe('the API on a port', () => {
  it.skipIf(process.platform === 'win32')(
    'answers who has the token, which only the owner can read',
    async () => {
      const { http, token, home } = await onPort()
      expect(await createClient({ api: http, token }).status()).toMatchObject({ member: 'peer-1' })
      expect(statSync(homePaths(home).token).mode & 0o077).toBe(0)
    }
  )

  it('is on the loopback only', async () => {
    const { http } = await onPort()
    expect(new URL(http).hostname).toBe('127.0.0.1')
  })

  it.each([
    ['without a token', {}, 401],
    ['with a wrong one', { authorization: 'Bearer guess' }, 401],
    ['with another scheme', { authorization: 'Basic eDp5' }, 401]
  ])('refuses a caller %s', async (_what, headers, status) => {
    const { call, http } = await onPort()
    expect(await call('GET', '/v1/status', { http, headers })).toMatchObject({
      status,
      body: { code: 'QRT_UNAUTHENTICATED' }
    })
  })

  it.each([
    ['under another host name', { host: 'attacker.example' }],
    ["from another site's page", { origin: 'http://attacker.example' }],
    ['from a page without an origin', { origin: 'null' }]
  ])('refuses a caller %s, token or not', async (_what, headers) => {
    const { call, http, auth } = await onPort()
    const reply = await call('GET', '/v1/status', { http, headers: { ...auth, ...headers } })
    expect(reply).toMatchObject({ status: 403, body: { code: 'QRT_NOT_ALLOWED' } })
  })

  it('tells anybody on this machine that it is alive, and gives no page any rights', async () => {
    const { call, http } = await onPort()
    expect(await call('GET', '/livez', { http })).toMatchObject({ status: 200 })
    const preflight = await call('OPTIONS', '/v1/proposals', {
      http,
      headers: { origin: 'http://attacker.example' }
    })
    expect(preflight.status).toBe(403)
  })

  it('refuses a port that is taken, and leaves nothing behind', async () => {
    const { http } = await onPort()
    const port = Number(new URL(http).port)
    await expect(startApiNode({ flags: { 'http.port': port } })).rejects.toMatchObject({
      code: 'QRT_PORT_IN_USE'
    })
  })
})

describe("an agent's token", () => {
  it('reads and bids for the agent, and does nothing else', async () => {
    const { client, api, call, peerIds } = await startApiNode({ voters: 1 })
    const alpha = await client.registerAgent({ name: 'alpha', capabilities: {} })
    await client.registerAgent({ name: 'beta', capabilities: {} })
    expect(alpha.agent).toBe(`${peerIds[0]}/alpha`)
    const lot = { task: 't', bidWindowMs: 5000, initiatorMayBid: true }
    const { auctionId } = await client.startAuction(lot)
    const agent = createClient({ api: api.socket, token: alpha.token })
    const terms = { cost: 1, quality: 1, throughput: 1 }
    expect((await agent.status()).member).toBe('peer-1')
    await expect(agent.bid(auctionId, { agent: 'beta', ...terms })).rejects.toMatchObject({
      code: 'QRT_NOT_ALLOWED'
    })
    await expect(agent.propose({ statement: 'x' })).rejects.toMatchObject({ code: 'QRT_NOT_ALLOWED' })
    await expect(agent.cancelAuction(auctionId)).rejects.toMatchObject({ code: 'QRT_NOT_ALLOWED' })
    const other = { authorization: 'Bearer qrt_of_nobody' }
    expect((await call('GET', '/v1/status', { headers: other })).status).toBe(401)
  })
})

describe('the socket', () => {
  it('survives bytes that are no HTTP', async () => {
    const { api, client } = await startApiNode()
    await new Promise<void>(resolve => {
      const socket = connect(api.socket, () => socket.end(Buffer.from('\0\u0001garbage\r\n\r\n')))
      socket.on('error', () => undefined)
      socket.on('close', () => resolve())
      socket.resume()
    })
    expect((await client.status()).state).toBe('ready')
  })
})
