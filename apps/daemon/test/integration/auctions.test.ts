import type { AuctionStart } from '@quorate/auction'
import { verifyReceipt } from '@quorate/identity'
import { describe, expect, it } from 'vitest'
import { eventually, startApiNode, type ApiUnderTest } from '../support/api-node.ts'

/** Agents of the only peer bid, so the initiator's own have to be let in. */
const announce = (node: ApiUnderTest, change: Partial<AuctionStart> = {}) =>
  node.client.startAuction({
    task: 'Transcode talk.mp4',
    work: 10,
    bidWindowMs: 1000,
    initiatorMayBid: true,
    ...change
  })

describe('an auction in a group of one', () => {
  it('is awarded to the best bid, provably', async () => {
    const node = await startApiNode()
    const { client } = node
    await client.registerAgent({
      name: 'cheap',
      capabilities: { video: 1 },
      rate: 1,
      throughput: 5,
      quality: 0.9
    })
    await client.registerAgent({
      name: 'dear',
      capabilities: { video: 1 },
      rate: 2,
      throughput: 5,
      quality: 0.9
    })
    expect((await client.agents()).map(({ agent }) => agent.split('/')[1])).toEqual(['cheap', 'dear'])
    const { auctionId, phase } = await announce(node, { requirements: { capabilities: { video: 0.5 } } })
    expect(phase).toBe('bidding')
    const view = await client.waitForAuction(auctionId, 20_000)
    expect(view).toMatchObject({ auctionSuccessful: true, phase: 'awarded', task: 'Transcode talk.mp4' })
    expect(view.winningAgent?.split('/')[1]).toBe('cheap')
    expect(view.alternates).toHaveLength(1)
    expect(await client.replayAuction(auctionId)).toMatchObject({ auctionId, matches: true })
    const receipt = await client.receipt(auctionId)
    expect(receipt).toEqual(view.receipt)
    expect(verifyReceipt(receipt, await client.group())).toMatchObject({ valid: true, kind: 'award' })
    expect((await client.auctions()).map(({ auctionId: id }) => id)).toEqual([auctionId])
  })

  it('takes one sealed bid of an agent, and cannot be replayed before its award', async () => {
    const node = await startApiNode()
    const { client } = node
    await client.registerAgent({ name: 'alpha', capabilities: {}, strategy: 'manual' })
    const { auctionId } = await announce(node, { bidWindowMs: 5000 })
    await expect(client.replayAuction(auctionId)).rejects.toMatchObject({ code: 'QRT_CONFLICT' })
    await expect(client.receipt(auctionId)).rejects.toMatchObject({ code: 'QRT_NOT_FOUND' })
    const terms = { agent: 'alpha', cost: 3, quality: 0.5, throughput: 1 }
    const sealed = await client.bid(auctionId, terms)
    expect(sealed).toMatchObject({ auctionId, sealed: true })
    expect(await client.bid(auctionId, terms)).toEqual(sealed)
    await expect(client.bid(auctionId, { ...terms, cost: 4 })).rejects.toMatchObject({ code: 'QRT_CONFLICT' })
  })

  it('is cancelled by its initiator', async () => {
    const node = await startApiNode()
    await node.client.registerAgent({ name: 'alpha', capabilities: {} })
    const { auctionId } = await announce(node, { bidWindowMs: 30_000 })
    const waiting = node.client.waitForAuction(auctionId, 20_000)
    expect(await node.client.cancelAuction(auctionId)).toMatchObject({ phase: 'cancelled' })
    expect(await waiting).toMatchObject({ phase: 'cancelled', auctionSuccessful: false })
  })

  it('ends without an award when nobody can do it', async () => {
    const node = await startApiNode()
    const { auctionId } = await announce(node)
    expect(await node.client.waitForAuction(auctionId, 20_000)).toMatchObject({
      phase: 'no-award',
      winningAgent: null
    })
  })
})

describe('bad input', () => {
  it.each([
    ['an empty task', { task: '' }, 'QRT_USAGE'],
    ['weights of nothing', { task: 't', weights: { cost: 0 } }, 'QRT_USAGE'],
    ['a criterion that does not exist', { task: 't', weights: { charm: 1 } }, 'QRT_USAGE'],
    ['a memory that is no size', { task: 't', requirements: { memory: 'lots' } }, 'QRT_USAGE'],
    ['an unknown field', { task: 't', wieghts: {} }, 'QRT_USAGE'],
    ['a run that nothing carries out yet', { task: 't', run: true }, 'QRT_USAGE']
  ])('%s is refused', async (_what, request, code) => {
    const { client } = await startApiNode()
    await expect(client.startAuction(request as never)).rejects.toMatchObject({ code })
    expect(await client.auctions()).toEqual([])
  })

  it.each([
    ['a name that an address cannot hold', { name: 'a/b', capabilities: {} }],
    ['a level above 1', { name: 'a', capabilities: { gpu: 2 } }],
    ['a strategy that does not exist', { name: 'a', capabilities: {}, strategy: 'lucky' }],
    ['a command that nothing runs yet', { name: 'a', capabilities: {}, exec: 'ls' }]
  ])('an agent with %s is refused', async (_what, request) => {
    const { client } = await startApiNode()
    await expect(client.registerAgent(request)).rejects.toMatchObject({ code: 'QRT_USAGE' })
  })

  it('a bid of an unknown agent, or of another node, is refused', async () => {
    const node = await startApiNode({ voters: 1 })
    const { client } = node
    await client.registerAgent({ name: 'alpha', capabilities: {} })
    const { auctionId } = await announce(node)
    const terms = { cost: 1, quality: 1, throughput: 1 }
    await expect(client.bid(auctionId, { agent: 'nobody', ...terms })).rejects.toMatchObject({
      code: 'QRT_NOT_ALLOWED'
    })
    await expect(client.bid(auctionId, { agent: 'other/alpha', ...terms })).rejects.toMatchObject({
      code: 'QRT_NOT_ALLOWED'
    })
    await expect(client.bid('nope', { agent: 'alpha', ...terms })).rejects.toMatchObject({
      code: 'QRT_NOT_FOUND'
    })
  })
})

describe('events', () => {
  it('of an auction can be followed from the first on', async () => {
    const node = await startApiNode()
    const { auctionId } = await announce(node)
    const types: string[] = []
    const controller = new AbortController()
    const following = (async () => {
      for await (const { type, data } of node.client.events({ since: 0, signal: controller.signal }))
        if ((data as { id?: string }).id === auctionId) types.push(type)
    })().catch(() => undefined)
    await eventually(() => (types.includes('auction-no-award') ? true : undefined))
    controller.abort()
    await following
    expect(types[0]).toBe('auction-announced')
  })
})
