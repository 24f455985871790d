/** Voters that judge by hand: `ballot.policy manual` and `quorate vote`. */
import type { ErrorBody, ProposalView, VoteView } from '@quorate/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startGroup } from './support/group.ts'
import type { Group } from './support/group.ts'
import type { Peer } from './support/peer.ts'
import { until } from './support/until.ts'

interface Settings {
  readonly [key: string]: { readonly value: unknown; readonly origin: string }
}

let group: Group

beforeAll(async () => {
  group = await startGroup()
  await Promise.all(
    group.peers.map(async peer => {
      await peer.json('config', 'set', 'ballot.policy', 'manual')
      await peer.end('SIGTERM')
      await peer.restart()
      await peer.ready()
    })
  )
})
afterAll(() => group?.dispose())

/** Proposes, and waits until every peer has heard of it. */
async function propose(statement: string, ...flags: readonly string[]): Promise<string> {
  const { value } = await group.peer(1).json<ProposalView>('propose', statement, '--no-wait', ...flags)
  await Promise.all(group.peers.map(peer => heard(peer, value.proposalId)))
  return value.proposalId
}

async function heard(peer: Peer, id: string): Promise<void> {
  await until(`${peer.name} has heard of ${id}`, () => peer.client.proposal(id))
}

/** The third one may come when two have decided already; it is refused then, for that reason. */
async function reject(peer: Peer, id: string): Promise<string> {
  await heard(peer, id)
  const { value } = await peer.json<VoteView & ErrorBody>('vote', id, 'reject')
  return value.recorded ? 'recorded' : value.error.message
}

describe('with policy manual', () => {
  it('shows the setting and that it is from the file', async () => {
    const { value } = await group.peer(1).json<Settings>('config', 'show', '--origin')
    expect(value['ballot.policy']).toEqual({ value: 'manual', origin: 'file' })
  })

  it('nobody judges by itself; three accepts decide', async () => {
    const id = await propose('By hand')
    const pending = await group.peer(4).json<ProposalView[]>('proposals', 'list', '--pending')
    expect(pending.value).toMatchObject([{ proposalId: id, pending: true, ballots: [] }])
    for (const number of [1, 2, 3]) {
      const vote = await group
        .peer(number)
        .json('vote', id, 'accept', '--confidence', '0.8', '--reason', 'ok')
      expect(vote).toEqual({
        code: 0,
        value: { proposalId: id, verdict: 'accept', recorded: true },
        stderr: ''
      })
    }
    const { code, value } = await group.peer(4).json<ProposalView>('proposals', 'wait', id)
    expect([code, value.outcome]).toEqual([0, 'accepted'])
    expect(value.ballots.length).toBe(3)
    expect(value.ballots[0]).toMatchObject({ verdict: 'accept', confidence: 0.8, reason: 'ok' })
    expect((await group.peer(4).json('proposals', 'list', '--pending')).value).toEqual([])
  })

  it('a second, different vote is refused; the same one again is not', async () => {
    const id = await propose('Only once', '--deadline', '2m')
    const peer = group.peer(2)
    expect((await peer.json('vote', id, 'accept')).code).toBe(0)
    expect((await peer.json('vote', id, 'accept')).code).toBe(0)
    const second = await peer.json('vote', id, 'reject')
    expect(second).toMatchObject({ code: 1, value: { error: { code: 'QRT_CONFLICT' } } })
    const shown = await peer.client.proposal(id)
    expect(shown.ballots.map(({ verdict }) => verdict)).toEqual(['accept'])
  })

  it('a vote outlives its voter: after kill -9 the other verdict is still refused', async () => {
    const id = await propose('Remembered', '--deadline', '2m')
    const peer = group.peer(3)
    expect((await peer.json('vote', id, 'reject')).code).toBe(0)
    await peer.end('SIGKILL')
    await peer.restart()
    await peer.ready()
    const second = await peer.json('vote', id, 'accept')
    expect(second).toMatchObject({ code: 1, value: { error: { code: 'QRT_CONFLICT' } } })
  })

  it('rejects of more than a quorum could do without decide against it: exit 6, with a receipt', async () => {
    const asked = group.peer(1).json<ProposalView>('propose', 'Against', '--deadline', '30s')
    const id = await until('the proposal is open', async () => {
      const open = await group.peer(1).client.proposals({ pending: true })
      return open.find(({ statement }) => statement === 'Against')?.proposalId
    })
    const rejects = await Promise.all([2, 3, 4].map(number => reject(group.peer(number), id)))
    expect(rejects.filter(said => said === 'recorded').length).toBeGreaterThanOrEqual(2)
    expect(rejects.filter(said => !/^recorded|decided|closed/.test(said))).toEqual([])
    const { code, value } = await asked
    expect(code).toBe(6)
    expect(value).toMatchObject({ consensusReached: true, outcome: 'rejected' })
    expect(value.receipt).not.toBeNull()
    await group.agree(value.sequence ?? 0)
  })

  it('nothing is decided when nobody votes', async () => {
    const { code, value } = await group.peer(1).json<ProposalView>('propose', 'Nobody', '--deadline', '1s')
    expect(value).toMatchObject({ consensusReached: false, outcome: 'undecided', decision: null })
    expect(code).toBe(7)
  })

  it('an order-only entry needs no ballots', async () => {
    expect((await group.peer(4).json('propose', 'tick', '--order-only')).code).toBe(0)
  })
})
