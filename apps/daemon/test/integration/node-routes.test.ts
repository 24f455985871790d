import { statSync } from 'node:fs'
import { dirname } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import * as proposalSchema from '../../src/api/schemas/proposal.ts'
import * as nodeSchema from '../../src/api/schemas/node.ts'
import * as auctionSchema from '../../src/api/schemas/auction.ts'
import { receipt as receiptSchema } from '../../src/api/schemas/common.ts'
import { startApiNode } from '../support/api-node.ts'

describe('status', () => {
  it('of a group of one is ready, and says how many voters are missing for one liar', async () => {
    const { client, peerIds } = await startApiNode()
    expect(await client.status()).toMatchObject({
      state: 'ready',
      peerId: peerIds[0],
      member: 'peer-1',
      role: 'voter',
      voters: 1,
      quorum: 1,
      faultTolerance: 0,
      votersMissing: 3,
      connectedVoters: 1,
      absentVoters: [],
      height: 0,
      lastDecisionAt: null,
      addresses: ['/ip4/192.0.2.1/tcp/4550']
    })
    await client.propose({ statement: 'x', wait: true })
    const { height, lastDecisionAt } = await client.status()
    expect([height, Date.now() - Date.parse(lastDecisionAt ?? '') < 60_000]).toEqual([1, true])
  })

  it('names who is absent, and is as good as the voters that are connected', async () => {
    const { client, transport, peerIds } = await startApiNode({ voters: 4 })
    const states: string[] = []
    for (const peer of [undefined, ...peerIds.slice(1)]) {
      if (peer !== undefined) transport.connect(peer)
      const { state, absentVoters, connectedVoters } = await client.status()
      states.push(state)
      expect([absentVoters.length, connectedVoters]).toEqual([5 - states.length - 1, states.length])
    }
    expect(states).toEqual(['no-quorum', 'no-quorum', 'degraded', 'ready'])
    expect([await client.isLive(), await client.isReady()]).toEqual([true, true])
  })

  it('is alive but not ready without a quorum', async () => {
    const { client } = await startApiNode({ voters: 4 })
    expect([await client.isLive(), await client.isReady()]).toEqual([true, false])
  })
})

describe('connect', () => {
  it('hands addresses to the network and keeps them', async () => {
    const { client, transport, peerIds } = await startApiNode({ voters: 2 })
    const other = peerIds[1] as string
    const addresses = [`/ip4/192.0.2.7/tcp/4550/p2p/${other}`]
    await client.connect({ peerId: other, addresses })
    expect(transport.dialled.get(other)).toEqual(addresses)
    expect(await client.peers()).toEqual([
      {
        peerId: other,
        member: 'peer-2',
        role: 'voter',
        connected: false,
        addresses,
        latencyMs: null,
        score: 0
      }
    ])
  })

  it.each([
    ['an unknown member', 'nobody', ['/ip4/192.0.2.7/tcp/1'], 'QRT_NOT_FOUND'],
    ['itself', 'peer-1', ['/ip4/192.0.2.7/tcp/1'], 'QRT_NOT_FOUND'],
    ['an address that is none', 'peer-2', ['192.0.2.7:1'], 'QRT_USAGE'],
    ['an address of another peer', 'peer-2', ['/ip4/192.0.2.7/tcp/1/p2p/12D3KooWabc'], 'QRT_USAGE']
  ])('refuses %s', async (_what, peerId, addresses, code) => {
    const { client } = await startApiNode({ voters: 2 })
    await expect(client.connect({ peerId, addresses })).rejects.toMatchObject({ code })
  })
})

describe('the API', () => {
  it.skipIf(process.platform === 'win32')('is on a socket that only its owner can open', async () => {
    const { api } = await startApiNode()
    expect(statSync(api.socket).mode & 0o777).toBe(0o600)
    expect(statSync(dirname(api.socket)).mode & 0o777).toBe(0o700)
  })

  it('describes itself as OpenAPI 3.1, every route with its errors', async () => {
    const { client } = await startApiNode()
    const document = (await client.openapi()) as { openapi: string; paths: { [path: string]: object } }
    expect(document.openapi).toBe('3.1.0')
    expect(
      Object.entries(document.paths).flatMap(([path, verbs]) =>
        Object.keys(verbs).map(verb => `${verb} ${path}`)
      )
    ).toMatchSnapshot()
  })

  it('answers as its schemas say', async () => {
    const { client, call } = await startApiNode()
    await client.registerAgent({ name: 'alpha', capabilities: { gpu: 1 } })
    const { proposalId } = await client.propose({ statement: 'x', wait: true })
    const { auctionId } = await client.startAuction({ task: 't' })
    const answers: [string, z.ZodType][] = [
      ['/v1/status', nodeSchema.statusView],
      ['/v1/peers', z.array(nodeSchema.peerView)],
      ['/v1/members', z.array(nodeSchema.memberView)],
      ['/v1/group', nodeSchema.groupExport],
      ['/v1/config', z.array(nodeSchema.configEntry)],
      ['/v1/proposals', z.array(proposalSchema.proposalView)],
      [`/v1/proposals/${proposalId}`, proposalSchema.proposalView],
      ['/v1/ledger', z.array(proposalSchema.ledgerEntry)],
      [`/v1/receipts/${proposalId}`, receiptSchema],
      ['/v1/evidence', z.array(proposalSchema.evidenceView)],
      ['/v1/agents', z.array(auctionSchema.agentView)],
      ['/v1/auctions', z.array(auctionSchema.auctionView)],
      [`/v1/auctions/${auctionId}`, auctionSchema.auctionView]
    ]
    for (const [path, schema] of answers) {
      const { status, body } = await call('GET', path)
      expect([path, status, schema.safeParse(body).error?.issues]).toEqual([path, 200, undefined])
    }
  })
})
