import { verifyReceipt } from '@quorate/identity'
import { describe, expect, it } from 'vitest'
import { openApiNode, startApiNode } from '../support/api-node.ts'

const MIB = 1024 * 1024

describe('a proposal in a group of one', () => {
  it('is decided, listed, on the ledger, and its receipt verifies with the group file', async () => {
    const { client } = await startApiNode()
    const view = await client.propose({ statement: 'Deploy v2', data: { canary: true }, wait: true })
    expect(view).toMatchObject({
      consensusReached: true,
      outcome: 'accepted',
      decision: { statement: 'Deploy v2', data: { canary: true }, option: null },
      sequence: 1,
      consensusConfidence: 1,
      pending: false
    })
    const [entry] = await client.ledger()
    expect(entry).toMatchObject({ sequence: 1, kind: 'decision', id: view.proposalId })
    expect(await client.proposal(view.proposalId)).toEqual(view)
    expect(await client.proposals()).toEqual([view])
    const receipt = await client.receipt(view.proposalId)
    expect(receipt).toEqual(view.receipt)
    expect(verifyReceipt(receipt, await client.group())).toMatchObject({ valid: true, kind: 'decision' })
  })

  it('waits for its vote when the policy is manual', async () => {
    const { client } = await startApiNode({ flags: { 'ballot.policy': 'manual' } })
    const { proposalId, pending } = await client.propose({ statement: 'x' })
    expect(pending).toBe(true)
    expect(await client.waitForProposal(proposalId, 10)).toMatchObject({
      pending: true,
      outcome: 'undecided'
    })
    const waiting = client.waitForProposal(proposalId, 10_000)
    expect(await client.vote(proposalId, { verdict: 'reject', confidence: 0.5, reason: 'no' })).toEqual({
      proposalId,
      verdict: 'reject',
      recorded: true
    })
    expect(await waiting).toMatchObject({ outcome: 'rejected', consensusReached: true, decision: null })
  })

  it('keeps the first vote: another one is refused', async () => {
    const { client } = await startApiNode({ voters: 4, flags: { 'ballot.policy': 'manual' } })
    const { proposalId } = await client.propose({ statement: 'x' })
    await client.vote(proposalId, { verdict: 'accept' })
    await expect(client.vote(proposalId, { verdict: 'reject' })).rejects.toMatchObject({
      code: 'QRT_CONFLICT'
    })
    expect((await client.proposal(proposalId)).ballots).toHaveLength(1)
  })

  it('is never decided by its deadline alone', async () => {
    const { client, transport, peerIds } = await startApiNode({ voters: 4 })
    expect(await client.propose({ statement: 'x', deadlineMs: 50, wait: true })).toMatchObject({
      outcome: 'undecided',
      consensusReached: false,
      pending: false,
      reason: 'no-quorum-reachable',
      receipt: null
    })
    for (const peer of peerIds.slice(1, 3)) transport.connect(peer)
    expect(await client.propose({ statement: 'y', deadlineMs: 50, wait: true })).toMatchObject({
      outcome: 'undecided',
      reason: 'deadline passed'
    })
  })
})

describe('order-only', () => {
  it('is ordered without ballots, and its id is the digest of its entry', async () => {
    const { client } = await startApiNode()
    const view = await client.propose({ statement: 'a reading', data: 21, orderOnly: true })
    expect(view).toMatchObject({ outcome: 'accepted', sequence: 1, decision: { data: 21 } })
    const [entry] = await client.ledger()
    expect(entry).toMatchObject({ kind: 'record', digest: view.proposalId })
    const receipt = await client.receipt(view.proposalId)
    expect(verifyReceipt(receipt, await client.group())).toMatchObject({ valid: true, kind: 'record' })
  })

  it('goes by a provisional id as long as it is not ordered', async () => {
    const { client } = await startApiNode({ voters: 4 })
    const view = await client.propose({ statement: 'x', orderOnly: true, deadlineMs: 30 })
    expect(view).toMatchObject({ outcome: 'undecided', reason: 'no-quorum-reachable', sequence: null })
    expect(await client.proposal(view.proposalId)).toMatchObject({ proposalId: view.proposalId })
  })
})

describe('an idempotency key', () => {
  it('gives the same proposal, also over a restart; another request is a conflict', async () => {
    const first = await startApiNode()
    const request = { statement: 'once', idempotencyKey: 'k1' }
    const view = await first.client.propose({ ...request, wait: true })
    expect((await first.client.propose(request)).proposalId).toBe(view.proposalId)
    await expect(first.client.propose({ ...request, statement: 'twice' })).rejects.toMatchObject({
      code: 'QRT_CONFLICT'
    })
    await first.stop()
    const { client, call } = await openApiNode(first.home)
    expect((await client.propose(request)).proposalId).toBe(view.proposalId)
    const headers = { 'idempotency-key': 'k1' }
    expect(await call('POST', '/v1/proposals', { body: { statement: 'once' }, headers })).toMatchObject({
      status: 201,
      body: { proposalId: view.proposalId }
    })
    expect(await client.ledger()).toHaveLength(1)
  })

  it('orders an entry once', async () => {
    const { client } = await startApiNode()
    const request = { statement: 'once', orderOnly: true, idempotencyKey: 'k' }
    const first = await client.propose(request)
    expect((await client.propose(request)).proposalId).toBe(first.proposalId)
    expect(await client.ledger()).toHaveLength(1)
  })

  it('of a request that was refused is free again', async () => {
    const { client } = await startApiNode()
    await expect(client.startAuction({ task: 't', idempotencyKey: 'k', minBids: 1e9 })).rejects.toMatchObject(
      {
        code: 'QRT_USAGE'
      }
    )
    expect(await client.startAuction({ task: 't', idempotencyKey: 'k' })).toMatchObject({ task: 't' })
  })
})

describe('bad input', () => {
  it.each([
    ['not JSON', { text: '{"statement":' }, 400, 'QRT_USAGE'],
    ['no object', { text: '[]' }, 400, 'QRT_USAGE'],
    ['nothing', { text: '' }, 400, 'QRT_USAGE'],
    ['an unknown field', { body: { statment: 'x' } }, 400, 'QRT_USAGE'],
    ['an empty statement', { body: { statement: '' } }, 400, 'QRT_USAGE'],
    ['a statement that is no text', { body: { statement: 7 } }, 400, 'QRT_USAGE'],
    ['a statement over 8 KiB', { body: { statement: 'é'.repeat(4097) } }, 413, 'QRT_TOO_LARGE'],
    ['data over 1 MiB', { body: { statement: 'x', data: 'y'.repeat(MIB) } }, 413, 'QRT_TOO_LARGE'],
    ['a body far over 1 MiB', { body: { statement: 'x', data: 'y'.repeat(5 * MIB) } }, 413, 'QRT_TOO_LARGE'],
    ['a deadline in the past', { body: { statement: 'x', deadlineMs: 0 } }, 400, 'QRT_EXPIRED'],
    ['a deadline in a year', { body: { statement: 'x', deadlineMs: 3.2e10 } }, 400, 'QRT_EXPIRED'],
    ['options', { body: { statement: 'x', options: ['a', 'b'] } }, 400, 'QRT_USAGE'],
    [
      'keys that differ',
      { body: { statement: 'x', idempotencyKey: 'a' }, headers: { 'idempotency-key': 'b' } },
      400,
      'QRT_USAGE'
    ],
    ['another content type', { text: 'x', headers: { 'content-type': 'text/plain' } }, 400, 'QRT_USAGE']
  ])('%s is a problem with a code, and nothing is half done', async (_what, init, status, code) => {
    const { call, client } = await startApiNode()
    const reply = await call('POST', '/v1/proposals', init)
    expect(reply).toMatchObject({ status, body: { status, code, title: expect.any(String) as string } })
    expect(reply.type).toContain('application/problem+json')
    expect([await client.proposals(), await client.ledger()]).toEqual([[], []])
  })

  it('the largest statement and data are taken', async () => {
    const { client } = await startApiNode()
    const request = { statement: 'é'.repeat(4096), data: 'y'.repeat(MIB - 2) }
    expect(await client.propose({ ...request, wait: true })).toMatchObject({ outcome: 'accepted' })
    expect(await client.propose({ ...request, orderOnly: true })).toMatchObject({ outcome: 'accepted' })
  })

  it.each([
    ['GET', '/v1/proposals/nope'],
    ['GET', '/v1/proposals/nope/wait'],
    ['GET', '/v1/receipts/nope'],
    ['GET', '/v1/evidence/nope'],
    ['GET', '/v1/auctions/nope'],
    ['POST', '/v1/proposals/nope/votes'],
    ['GET', '/v2/status']
  ])('%s %s is not found', async (method, path) => {
    const { call } = await startApiNode()
    const init = method === 'POST' ? { body: { verdict: 'accept' } } : {}
    expect(await call(method, path, init)).toMatchObject({ status: 404, body: { code: 'QRT_NOT_FOUND' } })
  })

  it.each([
    '/v1/ledger?since=-1',
    '/v1/ledger?limit=9999',
    '/v1/ledger?form=1',
    '/v1/proposals?pending=maybe'
  ])('%s is not well formed', async path => {
    const { call } = await startApiNode()
    expect(await call('GET', path)).toMatchObject({ status: 400, body: { code: 'QRT_USAGE' } })
  })

  it('names the field that was meant', async () => {
    const { call } = await startApiNode()
    expect(await call('POST', '/v1/proposals', { body: { statment: 'x' } })).toMatchObject({
      body: { detail: 'The body has unknown fields: statment.', suggestions: ['Did you mean "statement"?'] }
    })
  })
})
