/** Four peers decide: what the command line of each of them says is the same. */
import type { LedgerEntryView, ProposalView, Receipt, StatusView } from '@quorate/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startGroup } from './support/group.ts'
import type { Group } from './support/group.ts'

let group: Group

beforeAll(async () => {
  group = await startGroup()
})
afterAll(() => group?.dispose())

async function ledgers(): Promise<LedgerEntryView[][]> {
  const lists = await Promise.all(group.peers.map(peer => peer.json<LedgerEntryView[]>('ledger', 'list')))
  return lists.map(({ value }) => value)
}

describe('four peers', () => {
  it('say that one of them may lie, and who leads', async () => {
    const { code, value } = await group.peer(2).json<StatusView>('status')
    expect(code).toBe(0)
    expect(value).toMatchObject({ state: 'ready', voters: 4, quorum: 3, faultTolerance: 1, votersMissing: 3 })
    expect(value.groupId).toBe(group.groupId)
    expect(group.peers.map(({ peerId }) => peerId)).toContain(value.primary)
  })

  it('accept a proposal, with the same sequence number and digest on all of them', async () => {
    const { code, value } = await group
      .peer(2)
      .json<ProposalView>('propose', 'Shall we?', '--data', '{"n":1}')
    expect(code).toBe(0)
    expect(value).toMatchObject({ consensusReached: true, outcome: 'accepted', reason: expect.any(String) })
    expect(value.decision).toEqual({ statement: 'Shall we?', data: { n: 1 }, option: null })
    expect(value.participatingPeers.length).toBeGreaterThanOrEqual(3)
    expect(value.byzantinePeersDetected).toEqual([])
    expect(value.consensusConfidence).toBeGreaterThan(0)
    const digest = await group.agree(value.sequence ?? 0)
    for (const entries of await ledgers()) {
      expect(entries.find(({ id }) => id === value.proposalId)).toMatchObject({
        sequence: value.sequence,
        kind: 'decision',
        digest
      })
    }
  })

  it('order an entry without ballots', async () => {
    const { code, value } = await group.peer(3).json<ProposalView>('propose', 'tick', '--order-only')
    expect(code).toBe(0)
    expect(value).toMatchObject({ consensusReached: true, outcome: 'accepted', ballots: [] })
    await group.agree(value.sequence ?? 0)
    const [first, ...others] = await ledgers()
    for (const entries of others) expect(entries).toEqual(first)
    expect(first?.at(-1)).toMatchObject({ sequence: value.sequence, kind: 'record' })
  })

  it.each([[[]], [['--order-only']]])('give the same proposal for the same key %j', async flags => {
    const argv = ['propose', 'Once only', ...flags, '--idempotency-key', `key ${flags.length}`]
    const [first, second] = [
      await group.peer(1).json<ProposalView>(...argv),
      await group.peer(1).json<ProposalView>(...argv)
    ]
    expect([first.code, second.code]).toEqual([0, 0])
    expect(second.value.proposalId).toBe(first.value.proposalId)
    expect(second.value.sequence).toBe(first.value.sequence)
    const other = await group
      .peer(1)
      .json('propose', 'Another', ...flags, '--idempotency-key', `key ${flags.length}`)
    expect(other).toMatchObject({ code: 1, value: { error: { code: 'QRT_CONFLICT' } } })
  })

  it('answer before the outcome when they need not wait, and wait for it later', async () => {
    const first = await group.peer(4).json<ProposalView>('propose', 'Later', '--no-wait')
    expect(first.code).toBe(0)
    const waited = await group.peer(1).json<ProposalView>('proposals', 'wait', first.value.proposalId)
    expect(waited).toMatchObject({ code: 0, value: { outcome: 'accepted' } })
    const shown = await group.peer(2).json<ProposalView>('proposals', 'show', first.value.proposalId)
    // Which quorum signed is each member's own affair; everything else is agreed.
    expect({ ...shown.value, receipt: null }).toEqual({ ...waited.value, receipt: null })
    expect(shown.value.receipt?.header).toBe(waited.value.receipt?.header)
    const listed = await group.peer(3).json<ProposalView[]>('proposals', 'list')
    expect(listed.value.map(({ proposalId }) => proposalId)).toContain(first.value.proposalId)
    expect((await group.peer(3).json('proposals', 'list', '--pending')).value).toEqual([])
  })

  it('take the beginning of an id for the whole of it', async () => {
    const { value } = await group.peer(1).json<ProposalView>('propose', 'By its beginning')
    const beginning = value.proposalId.slice(0, 12)
    const shown = await group.peer(1).json<ProposalView>('proposals', 'show', beginning)
    expect(shown).toMatchObject({ code: 0, value: { proposalId: value.proposalId } })
    const receipt = await group.peer(1).json<Receipt>('receipt', beginning)
    expect(receipt).toMatchObject({ code: 0, value: { id: value.proposalId } })
  })

  it('accuse nobody', async () => {
    for (const peer of group.peers) {
      expect(await peer.json('evidence', 'list')).toMatchObject({ code: 0, value: [] })
    }
  })
})
