import { describe, expect, it } from 'vitest'
import { BALLOT_KIND, LIMITS, PROPOSAL_KIND, ballotsNeeded, decodeSubmission } from '@quorate/core'
import { createBench, submit, type Bench } from '../../support/bench.ts'
import {
  ballotOf,
  ballotsSaid,
  lastReply,
  openAt,
  outcomeAt,
  proposalOf,
  propose,
  vote
} from '../../support/proposals.ts'

const started = (init: Parameters<typeof createBench>[0] = {}): Bench => {
  const bench = createBench(init)
  bench.start()
  bench.run()
  return bench
}

const count = (bench: Bench, kind: string): number =>
  bench.said.filter(({ envelope }) => envelope.kind === kind).length

describe('policy auto', () => {
  it('judges and decides a proposal without anybody, everywhere alike (C33)', () => {
    const bench = started()
    const id = propose(bench, 2)
    bench.advance(50)
    expect([1, 2, 3, 4].map(peer => outcomeAt(bench, peer, id))).toEqual(Array(4).fill('accepted'))
    expect(lastReply(bench, 2)).toEqual({ token: `api:${id}`, ok: true })
  })

  it('rejects data that is not JSON (C33)', () => {
    const bench = started()
    const id = propose(bench, 2, { data: '{"unfinished": ' })
    bench.advance(50)
    expect(outcomeAt(bench, 1, id)).toBe('rejected')
  })
})

describe('policy manual', () => {
  it('waits for vote, and needs q accepts (C34)', () => {
    const bench = started({ policy: 'manual' })
    const id = propose(bench, 1)
    bench.run()
    for (const peer of [1, 2]) vote(bench, peer, id)
    bench.advance(5_000)
    expect(outcomeAt(bench, 1, id)).toBeUndefined()
    vote(bench, 3, id)
    bench.advance(50)
    expect([1, 2, 3, 4].map(peer => outcomeAt(bench, peer, id))).toEqual(Array(4).fill('accepted'))
  })

  it('refuses a second, different ballot, and takes the same one again (C31)', () => {
    const bench = started({ policy: 'manual' })
    const id = propose(bench, 1)
    bench.run()
    vote(bench, 2, id)
    expect(lastReply(bench, 2)).toMatchObject({ ok: true })
    vote(bench, 2, id, { reason: 'in other words' })
    expect(lastReply(bench, 2)).toMatchObject({ ok: true })
    for (const different of [{ verdict: 'reject' as const }, { confidencePpm: 1 }]) {
      vote(bench, 2, id, different)
      expect(lastReply(bench, 2)).toMatchObject({ ok: false, code: 'ballot-differs' })
    }
    expect(new Set(ballotsSaid(bench, 2)).size).toBe(1)
  })

  it('says why a vote was not taken (C34)', () => {
    const bench = started({ policy: 'manual', observers: 1 })
    const id = propose(bench, 1, { deadline: bench.now + 1_000 })
    bench.run()
    vote(bench, 5, id)
    expect(lastReply(bench, 5)).toMatchObject({ code: 'not-a-voter' })
    vote(bench, 2, id.replace(/^./, id.startsWith('0') ? '1' : '0'))
    expect(lastReply(bench, 2)).toMatchObject({ code: 'proposal-unknown' })
    vote(bench, 2, id, { reason: 'x'.repeat(LIMITS.reasonBytesMax + 1) })
    expect(lastReply(bench, 2)).toMatchObject({ code: 'ballot-malformed' })
    bench.advance(1_001)
    vote(bench, 2, id)
    expect(lastReply(bench, 2)).toMatchObject({ code: 'proposal-closed' })
    expect(ballotsSaid(bench, 2)).toEqual([])
  })
})

describe.each([
  [4, 3, 2],
  [5, 4, 2],
  [7, 5, 3]
])('in a group of %i', (voters, accepts, rejects) => {
  it(`${accepts} accepts are enough, and ${rejects} rejects (C40)`, () => {
    const bench = started({ voters, policy: 'manual' })
    expect(ballotsNeeded(bench.voters, 'accepted')).toBe(accepts)
    expect(ballotsNeeded(bench.voters, 'rejected')).toBe(rejects)
    for (const [verdict, needed, outcome] of [
      ['accept', accepts, 'accepted'],
      ['reject', rejects, 'rejected']
    ] as const) {
      const id = propose(bench, 1)
      bench.run()
      for (let peer = 1; peer < needed; peer++) vote(bench, peer, id, { verdict })
      bench.advance(3_000)
      expect(outcomeAt(bench, 1, id)).toBeUndefined()
      vote(bench, needed, id, { verdict })
      bench.advance(3_000)
      expect(outcomeAt(bench, 1, id)).toBe(outcome)
    }
  })

  it('abstentions count for nothing (C40)', () => {
    const bench = started({ voters, policy: 'manual' })
    const id = propose(bench, 1)
    bench.run()
    for (let peer = 1; peer <= voters; peer++) vote(bench, peer, id, { verdict: 'abstain' })
    bench.advance(5_000)
    expect(outcomeAt(bench, 1, id)).toBeUndefined()
  })
})

describe('ballots', () => {
  it('that come before their proposal count when it comes (C35)', () => {
    const bench = createBench({ policy: 'manual' })
    bench.start(1)
    const proposal = proposalOf(bench, 2)
    for (const peer of [2, 3, 4]) bench.peer(1).deliver(ballotOf(bench, peer, proposal.digest))
    bench.peer(1).deliver(proposal.frame)
    const received = bench.peer(1).events.filter(({ type }) => type === 'ballot-received')
    expect(received).toHaveLength(3)
  })

  it('of who does not vote, or of another voter set, count for nothing (C32)', () => {
    const bench = createBench({ policy: 'manual', observers: 1 })
    bench.start(1)
    const proposal = proposalOf(bench, 2)
    bench.peer(1).deliver(proposal.frame)
    bench.peer(1).deliver(ballotOf(bench, 5, proposal.digest))
    bench.peer(1).deliver(ballotOf(bench, 3, proposal.digest, { epoch: 1 }))
    bench.peer(1).deliver(ballotOf(bench, 4, proposal.digest, { voterSet: proposal.digest }))
    expect(bench.peer(1).events.filter(({ type }) => type === 'ballot-received')).toEqual([])
    expect(bench.peer(1).charges).toEqual([{ peer: 'peer-5', code: 'ballot-not-a-voter' }])
  })

  it('are not cast twice by a restart (C95)', () => {
    const bench = started({ policy: 'manual' })
    const id = propose(bench, 1)
    bench.run()
    vote(bench, 2, id)
    bench.peer(2).crash()
    bench.peer(2).start()
    vote(bench, 2, id, { verdict: 'reject' })
    expect(lastReply(bench, 2)).toMatchObject({ code: 'ballot-differs' })
    expect(new Set(ballotsSaid(bench, 2)).size).toBe(1)
  })

  it('of auto are the same after a restart (C95)', () => {
    const bench = createBench()
    bench.start(2)
    propose(bench, 2)
    bench.peer(2).crash()
    bench.peer(2).start()
    bench.advance(5_000)
    expect(ballotsSaid(bench, 2).length).toBeGreaterThan(1)
    expect(new Set(ballotsSaid(bench, 2)).size).toBe(1)
  })

  it('reach who was away when they were cast (C36)', () => {
    const bench = createBench({ policy: 'manual' })
    bench.start(1, 2, 3)
    const id = propose(bench, 1)
    bench.run()
    for (const peer of [1, 2]) vote(bench, peer, id)
    bench.advance(3_000)
    bench.start(4)
    for (const peer of [1, 2, 3]) bench.meet(4, peer)
    vote(bench, 4, id)
    bench.advance(2_000)
    expect(outcomeAt(bench, 4, id)).toBe('accepted')
  })

  it('are repeated less and less often while a proposal stays open (C36)', () => {
    const bench = createBench({ policy: 'manual', config: { statusMs: 60_000 } })
    bench.start(1)
    propose(bench, 1, { deadline: bench.now + LIMITS.proposalOpenMsMax })
    bench.advance(3_600_000)
    expect(count(bench, PROPOSAL_KIND)).toBeLessThan(130)
    expect(count(bench, PROPOSAL_KIND)).toBeGreaterThan(100)
  })

  it('on many open proposals all have their turn (C36)', () => {
    const bench = createBench({ policy: 'auto' })
    bench.start(2)
    for (let i = 0; i < 150; i++) bench.peer(2).deliver(proposalOf(bench, 1 + 2 * (i % 2)).frame)
    bench.advance(30_000)
    const said = ballotsSaid(bench, 2)
    const times = new Map<string, number>()
    for (const frame of said) times.set(frame, (times.get(frame) ?? 0) + 1)
    expect(times.size).toBe(150)
    expect(Math.min(...times.values())).toBeGreaterThan(2)
  })
})

describe('two ballots of one voter', () => {
  const accused = (bench: Bench, peer: number): number => {
    const { store, signing } = bench.peer(peer)
    return store.range('pool/own').filter(({ value }) => {
      const opened = signing.open(value)
      return opened.ok && decodeSubmission(opened.envelope)?.entries[0]?.kind === 'evidence'
    }).length
  }

  it('convict it, the first one counts (C45)', () => {
    const bench = createBench({ policy: 'manual' })
    bench.start(1)
    const proposal = proposalOf(bench, 2)
    bench.peer(1).deliver(proposal.frame)
    bench.peer(1).deliver(ballotOf(bench, 3, proposal.digest))
    bench.peer(1).deliver(ballotOf(bench, 3, proposal.digest, { verdict: 'reject' }))
    bench.peer(1).deliver(ballotOf(bench, 3, proposal.digest, { verdict: 'abstain' }))
    expect(accused(bench, 1)).toBe(1)
    const data = bench.peer(1).events.filter(({ type }) => type === 'ballot-received')
    expect(data.map(event => (event.data as { verdict: string }).verdict)).toEqual(['accept'])
  })

  it('convict it also when they came before the proposal, or after the decision (C45)', () => {
    const bench = createBench({ policy: 'manual' })
    bench.start(1)
    const early = proposalOf(bench, 2)
    for (const verdict of ['accept', 'reject'] as const)
      bench.peer(1).deliver(ballotOf(bench, 3, early.digest, { verdict }))
    expect(accused(bench, 1)).toBe(1)
    const group = started()
    const id = propose(group, 2)
    group.advance(50)
    expect(outcomeAt(group, 1, id)).toBe('accepted')
    group.drop = () => true
    group.peer(1).deliver(ballotOf(group, 3, id, { verdict: 'reject' }))
    expect(accused(group, 1)).toBe(1)
  })

  it('are put on the ledger by whoever saw them, once', () => {
    const bench = started({ policy: 'manual' })
    const id = propose(bench, 1)
    bench.run()
    for (const peer of [1, 2, 3])
      for (const verdict of ['accept', 'reject'] as const)
        bench.peer(peer).deliver(ballotOf(bench, 4, id, { verdict }))
    bench.advance(5_000)
    expect(bench.peers.map(({ store }) => store.range('pool/own').length)).toEqual([0, 0, 0, 0])
  })
})

describe('the certificate', () => {
  it('is submitted by another voter when the proposer is gone (C37)', () => {
    const bench = started({ policy: 'manual' })
    const id = propose(bench, 4)
    bench.run()
    bench.peer(4).crash()
    for (const peer of [1, 2, 3]) vote(bench, peer, id)
    bench.advance(10_000)
    expect([1, 2, 3].map(peer => outcomeAt(bench, peer, id))).toEqual(Array(3).fill('accepted'))
  })

  it('is submitted once when the proposer is there (C37)', () => {
    const bench = started()
    for (let i = 0; i < 5; i++) propose(bench, (i % 4) + 1)
    bench.advance(10_000)
    expect(bench.said.filter(({ envelope }) => envelope.kind === 'submission').length).toBeLessThanOrEqual(5)
  })

  it('is submitted at once after a restart when it was complete before (C37)', () => {
    const bench = createBench({ policy: 'manual' })
    bench.start(2)
    const id = propose(bench, 2)
    vote(bench, 2, id)
    for (const peer of [3, 4]) bench.peer(2).deliver(ballotOf(bench, peer, id))
    bench.peer(2).crash()
    bench.peer(2).start()
    expect(bench.peer(2).store.range('pool/own').length).toBeGreaterThan(0)
  })

  it('is not made again and again when its time is over (C44)', () => {
    const bench = createBench()
    bench.start(2)
    const id = propose(bench, 2)
    const signed = () => bench.peer(2).store.range('pool/meta').length
    for (let i = 0; i < 5; i++)
      bench.peer(2).input('ballots', {
        type: 'command',
        command: { name: 'submission.refused', payload: { token: `ballots:${id}`, code: 'proposal-expired' } }
      })
    for (const peer of [3, 4]) bench.peer(2).deliver(ballotOf(bench, peer, id))
    const before = [signed(), bench.peer(2).store.range('pool/own').length]
    bench.advance(20_000)
    expect([signed(), bench.peer(2).store.range('pool/own').length]).toEqual(before)
  })
})

describe('proposals', () => {
  it.each([
    ['its deadline is before it was made', { deadline: 1 }, 'proposal-malformed'],
    ['it would be open for too long', { deadline: Number.MAX_SAFE_INTEGER }, 'proposal-malformed'],
    ['it offers options, which are not there yet', { options: ['a', 'b'] }, 'options-unsupported']
  ])('are not opened when %s (C30)', (_, over, code) => {
    const bench = createBench()
    bench.start(1)
    propose(bench, 1, over)
    expect(lastReply(bench, 1)).toMatchObject({ ok: false, code })
    expect(openAt(bench, 1)).toEqual([])
  })

  it('are not opened when the deadline has passed, or they are from the future (C30)', () => {
    const bench = createBench()
    bench.start(1)
    const past = proposalOf(bench, 2, { createdAt: bench.now - 2_000, deadline: bench.now - 1_000 })
    const future = proposalOf(bench, 2, {
      createdAt: bench.now + LIMITS.clockSkewMsMax + 1_000,
      deadline: bench.now + LIMITS.clockSkewMsMax + 2_000
    })
    for (const { frame } of [past, future]) bench.peer(1).deliver(frame)
    expect(openAt(bench, 1)).toEqual([])
    expect(bench.peer(1).charges).toEqual([])
  })

  it('that are malformed are held against their author, not against who passed them on (C30)', () => {
    const bench = createBench()
    bench.start(1)
    bench.peer(1).deliver(proposalOf(bench, 2, { deadline: 1 }).frame, 'peer-3')
    expect(bench.peer(1).charges).toEqual([{ peer: 'peer-2', code: 'proposal-malformed' }])
  })

  it('are bounded for each proposer, in number and in bytes (C38)', () => {
    const bench = createBench({ policy: 'manual' })
    bench.start(1)
    for (let i = 0; i < 300; i++) bench.peer(1).deliver(proposalOf(bench, 2).frame)
    expect(openAt(bench, 1)).toHaveLength(256)
    const data = JSON.stringify('x'.repeat(LIMITS.dataBytesMax - 100))
    for (let i = 0; i < 30; i++) bench.peer(1).deliver(proposalOf(bench, 3, { data }).frame)
    expect(openAt(bench, 1).length).toBeLessThan(256 + 17)
    bench.peer(1).deliver(proposalOf(bench, 4).frame)
    expect(openAt(bench, 1).length).toBeGreaterThan(256 + 10)
  })

  it('are gone from the disk when they are decided', () => {
    const bench = started()
    propose(bench, 1)
    bench.advance(100)
    expect([1, 2, 3, 4].flatMap(peer => openAt(bench, peer))).toEqual([])
  })

  it('that were decided meanwhile are not opened again by a restart (C43)', () => {
    const bench = started()
    const id = propose(bench, 1)
    bench.advance(100)
    const { store } = bench.peer(1)
    // As after a crash in which the decision had reached the disk and the clean-up had not.
    const { frame } = proposalOf(bench, 1)
    store.commit([
      { type: 'put', space: 'ballots/proposal', key: id, value: proposalFrameOf(bench, id) ?? frame }
    ])
    bench.peer(1).crash()
    bench.peer(1).start()
    expect(openAt(bench, 1)).toEqual([])
  })

  const proposalFrameOf = (bench: Bench, id: string): Uint8Array | undefined =>
    bench.said.find(({ envelope }) => envelope.kind === PROPOSAL_KIND && envelope.digest === id)?.frame

  it('are forgotten a day after their deadline', () => {
    const bench = createBench({ policy: 'manual' })
    bench.start(1)
    propose(bench, 1, { deadline: bench.now + 1_000 })
    bench.now += 24 * 3_600_000 - 10_000
    bench.advance(2_000)
    expect(openAt(bench, 1)).toHaveLength(1)
    bench.advance(20_000)
    expect(openAt(bench, 1)).toEqual([])
  })
})

it('a decision does not hold up other entries, nor they it', () => {
  const bench = started()
  const id = propose(bench, 3)
  for (let i = 0; i < 20; i++) submit(bench.peer((i % 4) + 1), `${i}`)
  bench.advance(200)
  expect(outcomeAt(bench, 1, id)).toBe('accepted')
  expect(count(bench, BALLOT_KIND)).toBe(4)
})
