import { describe, expect, it } from 'vitest'
import { createBatch } from '@quorate/core'
import { KIND } from '../../src/pbft/messages.ts'
import {
  GROUP_ID,
  START_MS,
  createBench,
  describeOf,
  headOf,
  heightOf,
  submissionOf
} from '../support/bench.ts'
import { createCraft } from '../support/craft.ts'

/** Castro and Liskov 1999, section 4.2, as docs/protocol/consensus.md has it. Peer 4 runs, the others are the test. */
const backup = (init: Parameters<typeof createBench>[0] = {}) => {
  const bench = createBench(init)
  bench.start(4)
  const craft = createCraft(bench)
  const peer = bench.peer(4)
  const said = (kind: string) =>
    bench.said.filter(({ envelope }) => envelope.kind === kind && envelope.author === 'peer-4')
  const vote = (from: number, kind: string, about: Parameters<typeof craft.vote>[2]): void =>
    void peer.deliver(craft.vote(from, kind, about).frame)
  return { bench, craft, peer, said, vote }
}

const prepared = (init: Parameters<typeof createBench>[0] = {}) => {
  const all = backup(init)
  const batch = all.craft.batch('one')
  const about = { seq: 1, digest: batch.digest }
  all.peer.deliver(all.craft.propose(1, batch))
  for (const from of [2, 3]) all.vote(from, KIND.prepare, about)
  return { ...all, batch, about }
}

describe('a PRE-PREPARE', () => {
  it('is accepted, and answered with a PREPARE for the same view, place and digest (C60)', () => {
    const { craft, peer, said } = backup()
    const batch = craft.batch('one')
    peer.deliver(craft.propose(1, batch))
    expect(said(KIND.prepare)).toHaveLength(1)
    const [, , view, seq, digest] = (said(KIND.prepare)[0]?.envelope.body ?? []) as unknown[]
    expect([view, seq, Buffer.from(digest as Uint8Array).toString('hex')]).toEqual([0, 1, batch.digest])
  })

  it('is answered once, however often it comes (C60)', () => {
    const { craft, peer, said } = backup()
    const frame = craft.propose(1, craft.batch('one'))
    for (let i = 0; i < 5; i++) peer.deliver(frame)
    expect(said(KIND.prepare)).toHaveLength(1)
  })

  it('counts whoever hands it on, for it is signed by the primary (C60)', () => {
    const { craft, peer, said } = backup()
    peer.deliver(craft.propose(3, craft.batch('one'), { signer: 1 }))
    expect(said(KIND.prepare)).toHaveLength(1)
  })

  it('is not accepted while the view is not active (C60)', () => {
    const { craft, peer, said } = backup()
    for (const from of [2, 3]) peer.deliver(craft.viewChange(from, { view: 1 }))
    peer.deliver(craft.propose(2, craft.batch('one'), { view: 1 }))
    expect(said(KIND.prepare)).toEqual([])
    expect(describeOf(peer)).toMatchObject({ active: false, future: 1 })
  })

  it('is not accepted from who is not the primary of its view (C60)', () => {
    const { craft, peer, said } = backup()
    peer.deliver(craft.propose(2, craft.batch('one')))
    peer.deliver(craft.propose(1, craft.batch('one'), { view: 1 }))
    expect(said(KIND.prepare)).toEqual([])
    expect(peer.charges).toEqual([
      { peer: 'peer-2', code: 'pre-prepare-not-primary' },
      { peer: 'peer-1', code: 'pre-prepare-not-primary' }
    ])
  })

  it('is not accepted for a view that is over (C60)', () => {
    const { craft, peer, said } = backup()
    const viewChanges = [1, 2, 3].map(from => craft.viewChange(from, { view: 1 }))
    peer.deliver(craft.newView(2, { view: 1, viewChanges }))
    peer.deliver(craft.propose(1, craft.batch('one'), { view: 0 }))
    expect(said(KIND.prepare)).toEqual([])
  })

  it('is not accepted outside the window, h < seq <= h+L (C60)', () => {
    const { craft, peer, said, bench } = backup({ config: { window: 2 } })
    const far = createBatch({ seq: 5, parent: GROUP_ID, base: 0, time: START_MS }, [
      submissionOf(bench.signer(1), 1, 'far')
    ])
    peer.deliver(craft.propose(1, far))
    expect(said(KIND.prepare)).toEqual([])
    expect(describeOf(peer)).toMatchObject({ held: 0, contents: 0, slots: 0 })
  })

  it.each(['digest', 'place', 'content'])(
    'is not accepted when its %s does not match the batch (C60)',
    what => {
      const { bench, craft, peer, said } = backup()
      const [batch, other] = [craft.batch('one'), craft.batch('two')]
      const shown = {
        digest: { ...batch, digest: other.digest },
        place: { ...batch, header: { ...batch.header, seq: 2 } },
        content: { ...batch, submissions: other.submissions }
      }[what]
      peer.deliver(craft.propose(1, shown ?? batch))
      expect(said(KIND.prepare)).toEqual([])
      expect(peer.charges).toEqual([{ peer: 'peer-1', code: 'pre-prepare-digest-wrong' }])
      expect(bench.peer(4)).toBe(peer)
    }
  )

  it('is not accepted for a batch that is not valid, which speaks against its primary (C61)', () => {
    const { craft, peer, said } = backup()
    peer.deliver(craft.propose(1, craft.batch('bad')))
    expect(said(KIND.prepare)).toEqual([])
    expect(peer.charges).toEqual([{ peer: 'peer-1', code: 'record-bad' }])
    expect(describeOf(peer)).toMatchObject({ view: 1, active: false })
  })

  it('waits for the batch before it, which validity is judged on (C61)', () => {
    const { craft, peer, said } = backup()
    const first = craft.batch('first')
    peer.deliver(craft.propose(1, craft.batch('second', first)))
    expect(said(KIND.prepare)).toEqual([])
    peer.deliver(craft.propose(1, first))
    expect(said(KIND.prepare)).toHaveLength(2)
  })

  it('is not accepted from another epoch or voter set (C5)', () => {
    const { bench, craft, peer, said } = backup()
    const batch = craft.batch('one')
    const foreign = craft.vote(1, KIND.prePrepare, { seq: 1, digest: batch.digest, epoch: 1 })
    peer.deliver(
      bench
        .signer(1)
        .sign(KIND.propose, [
          foreign.frame,
          new Uint8Array(Buffer.from('00', 'hex')),
          batch.submissions.map(({ frame }) => frame)
        ]).frame
    )
    expect(said(KIND.prepare)).toEqual([])
  })
})

describe('prepared', () => {
  it('takes the PRE-PREPARE and q-1 PREPAREs of distinct backups (C62)', () => {
    const { craft, peer, said, vote } = backup()
    const batch = craft.batch('one')
    const about = { seq: 1, digest: batch.digest }
    peer.deliver(craft.propose(1, batch))
    expect(said(KIND.commit)).toEqual([])
    vote(2, KIND.prepare, about)
    expect(said(KIND.commit)).toHaveLength(1)
  })

  it('counts a backup once (C62)', () => {
    const { craft, peer, said, vote } = backup({ voters: 7 })
    const batch = craft.batch('one')
    const about = { seq: 1, digest: batch.digest }
    peer.deliver(craft.propose(1, batch))
    for (let i = 0; i < 10; i++) vote(2, KIND.prepare, about)
    vote(3, KIND.prepare, about)
    expect(said(KIND.commit)).toEqual([])
    vote(5, KIND.prepare, about)
    expect(said(KIND.commit)).toHaveLength(1)
  })

  it('counts no PREPARE of the primary (C62)', () => {
    const { craft, peer, said, vote } = backup()
    const batch = craft.batch('one')
    peer.deliver(craft.propose(1, batch))
    vote(1, KIND.prepare, { seq: 1, digest: batch.digest })
    expect(said(KIND.commit)).toEqual([])
    expect(peer.charges).toEqual([{ peer: 'peer-1', code: 'prepare-from-primary' }])
  })

  it.each([
    ['another digest', { digest: GROUP_ID }],
    ['another place', { seq: 2 }],
    ['another view', { view: 3 }],
    ['another epoch', { epoch: 1 }],
    ['another voter set', { voterSet: GROUP_ID }]
  ])('counts no PREPARE for %s (C62)', (_, over) => {
    const { craft, peer, said, vote } = backup()
    const batch = craft.batch('one')
    peer.deliver(craft.propose(1, batch))
    for (const from of [2, 3]) vote(from, KIND.prepare, { seq: 1, digest: batch.digest, ...over })
    expect(said(KIND.commit)).toEqual([])
  })

  it('counts PREPAREs that came before the PRE-PREPARE (C62)', () => {
    const { craft, peer, said, vote } = backup()
    const batch = craft.batch('one')
    vote(2, KIND.prepare, { seq: 1, digest: batch.digest })
    peer.deliver(craft.propose(1, batch))
    expect(said(KIND.commit)).toHaveLength(1)
  })

  it('counts nobody who does not vote (C62)', () => {
    const { craft, peer, said, vote } = backup({ observers: 1 })
    const batch = craft.batch('one')
    peer.deliver(craft.propose(1, batch))
    vote(5, KIND.prepare, { seq: 1, digest: batch.digest })
    expect(said(KIND.commit)).toEqual([])
    expect(peer.charges).toEqual([{ peer: 'peer-5', code: 'vote-not-a-voter' }])
  })
})

describe('decided', () => {
  it('takes q COMMITs of distinct voters beside prepared (C64)', () => {
    const { peer, vote, about } = prepared()
    vote(1, KIND.commit, about)
    expect(heightOf(peer)).toBe(0)
    vote(1, KIND.commit, about)
    expect(heightOf(peer)).toBe(0)
    vote(2, KIND.commit, about)
    expect(heightOf(peer)).toBe(1)
  })

  it('counts COMMITs of one view only (C64)', () => {
    const { peer, vote, about } = prepared()
    vote(1, KIND.commit, about)
    vote(2, KIND.commit, { ...about, view: 1 })
    vote(3, KIND.commit, { ...about, view: 2 })
    expect(heightOf(peer)).toBe(0)
  })

  it('counts no COMMIT for another digest (C64)', () => {
    const { peer, vote, about } = prepared()
    for (const from of [1, 2, 3]) vote(from, KIND.commit, { ...about, digest: GROUP_ID })
    expect(heightOf(peer)).toBe(0)
  })

  it('waits until the batch is prepared here (C64)', () => {
    const { craft, peer, vote } = backup({ voters: 7 })
    const batch = craft.batch('one')
    const about = { seq: 1, digest: batch.digest }
    peer.deliver(craft.propose(1, batch))
    for (const from of [1, 2, 3, 5, 6]) vote(from, KIND.commit, about)
    expect(heightOf(peer)).toBe(0)
    for (const from of [2, 3, 5]) vote(from, KIND.prepare, about)
    expect(heightOf(peer)).toBe(1)
  })

  it('is executed with a certificate of exactly q COMMITs, which anybody can check (C42)', () => {
    const { peer, vote, about } = prepared()
    for (const from of [1, 2]) vote(from, KIND.commit, about)
    const certificate = peer.running.ledger.history.batch(1)?.certificate
    expect(certificate).toMatchObject({ view: 0, epoch: 0 })
    expect(certificate?.votes).toHaveLength(3)
  })

  it('executes in order, without gaps, each on its parent (C67)', () => {
    const { craft, peer, vote } = backup()
    const first = craft.batch('first')
    const second = craft.batch('second', first)
    for (const batch of [first, second]) peer.deliver(craft.propose(1, batch))
    for (const batch of [second, first]) {
      const about = { seq: batch.header.seq, digest: batch.digest }
      for (const from of [2, 3]) vote(from, KIND.prepare, about)
    }
    for (const from of [1, 2]) vote(from, KIND.commit, { seq: 2, digest: second.digest })
    expect(heightOf(peer)).toBe(0)
    for (const from of [1, 2]) vote(from, KIND.commit, { seq: 1, digest: first.digest })
    expect(headOf(peer)).toBe(second.digest)
  })
})
