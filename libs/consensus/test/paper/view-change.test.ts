import { describe, expect, it } from 'vitest'
import type { Batch } from '@quorate/contracts'
import { encodeHeader } from '@quorate/core'
import { KIND, viewChangeShape, type ViewChangeBody } from '../../src/pbft/messages.ts'
import { createBench, describeOf, headOf, heightOf, submit, type Bench } from '../support/bench.ts'
import { createCraft, type Craft } from '../support/craft.ts'

/** Castro and Liskov 1999, sections 4.4 and 4.5.2, as docs/protocol/consensus.md has them. */
const alone = (peerNumber = 4, init: Parameters<typeof createBench>[0] = {}) => {
  const bench = createBench(init)
  bench.start(peerNumber)
  return { bench, craft: createCraft(bench), peer: bench.peer(peerNumber) }
}

const saidBy = (bench: Bench, peer: number, kind: string) =>
  bench.said.filter(({ envelope }) => envelope.kind === kind && envelope.author === `peer-${peer}`)

const ownViewChange = (bench: Bench, peer: number): ViewChangeBody | undefined => {
  const last = saidBy(bench, peer, KIND.viewChange).at(-1)
  return last && viewChangeShape.decode(last.envelope.body)
}

/** Peer 4 has prepared these batches in view 0, and has decided nothing. */
const withPrepared = (...statements: readonly string[]) => {
  const all = alone()
  const batches = statements.reduce<Batch[]>(
    (chain, statement) => [...chain, all.craft.batch(statement, chain.at(-1))],
    []
  )
  for (const batch of batches) {
    all.peer.deliver(all.craft.propose(1, batch))
    for (const from of [2, 3]) {
      const about = { seq: batch.header.seq, digest: batch.digest }
      all.peer.deliver(all.craft.vote(from, KIND.prepare, about).frame)
    }
  }
  return { ...all, batches }
}

describe('a VIEW-CHANGE', () => {
  it('is sent when f+1 voters are in higher views, for the smallest of these (C75)', () => {
    const { bench, craft, peer } = alone()
    peer.deliver(craft.viewChange(1, { view: 7 }))
    expect(describeOf(peer)).toMatchObject({ view: 0, active: true })
    peer.deliver(craft.viewChange(2, { view: 3 }))
    expect(describeOf(peer)).toMatchObject({ view: 3, active: false })
    expect(ownViewChange(bench, 4)).toMatchObject({ view: 3, base: null, prepared: [] })
  })

  it('counts each voter once, with its latest view (C75)', () => {
    const { craft, peer } = alone()
    for (const view of [1, 2, 3, 4]) peer.deliver(craft.viewChange(2, { view }))
    expect(describeOf(peer)).toMatchObject({ view: 0, active: true })
  })

  it('carries every prepared certificate above the last decided batch, and that with its proof (C72)', () => {
    const { bench, craft, peer, batches } = withPrepared('decided', 'prepared', 'prepared too')
    const [first, second, third] = batches as [Batch, Batch, Batch]
    for (const from of [1, 2])
      peer.deliver(craft.vote(from, KIND.commit, { seq: 1, digest: first.digest }).frame)
    expect(heightOf(peer)).toBe(1)
    for (const from of [1, 2]) peer.deliver(craft.viewChange(from, { view: 1 }))
    const body = ownViewChange(bench, 4)
    expect(body?.base?.header).toEqual(encodeHeader(first.header))
    expect(body?.base?.certificate.votes).toHaveLength(3)
    expect(body?.prepared.map(({ header }) => header)).toEqual(
      [second, third].map(({ header }) => encodeHeader(header))
    )
    expect(body?.prepared.map(({ prepares }) => prepares.length)).toEqual([2, 2])
  })

  it('ends voting in the old view; what is decided there is still taken (C74)', () => {
    const { bench, craft, peer, batches } = withPrepared('one')
    const [one] = batches as [Batch]
    for (const from of [1, 2]) peer.deliver(craft.viewChange(from, { view: 1 }))
    const votes = () => saidBy(bench, 4, KIND.prepare).length + saidBy(bench, 4, KIND.commit).length
    const before = votes()
    peer.deliver(craft.propose(1, craft.batch('two', one)))
    for (const from of [1, 2, 3])
      peer.deliver(craft.vote(from, KIND.commit, { seq: 1, digest: one.digest }).frame)
    expect([votes(), heightOf(peer)]).toEqual([before, 0])
    peer.deliver(craft.decided(1, one, [1, 2, 3]))
    expect(heightOf(peer)).toBe(1)
  })

  const bad: readonly (readonly [string, (craft: Craft) => Uint8Array])[] = [
    [
      'a certificate of its own view',
      c => c.viewChange(2, { view: 1, prepared: [c.prepared(c.batch('x'), 1, [3, 4])] })
    ],
    ['too few PREPAREs', c => c.viewChange(2, { view: 1, prepared: [c.prepared(c.batch('x'), 0, [3])] })],
    ['a PREPARE twice', c => c.viewChange(2, { view: 1, prepared: [c.prepared(c.batch('x'), 0, [3, 3])] })],
    [
      'a PREPARE of the primary',
      c => c.viewChange(2, { view: 1, prepared: [c.prepared(c.batch('x'), 0, [1, 3])] })
    ],
    [
      'a PRE-PREPARE of another than the primary',
      c => {
        const batch = c.batch('x')
        const prePrepare = c.vote(3, KIND.prePrepare, { seq: 1, digest: batch.digest }).frame
        return c.viewChange(2, { view: 1, prepared: [{ ...c.prepared(batch, 0, [3, 4]), prePrepare }] })
      }
    ],
    [
      'the header of another batch',
      c => {
        const header = encodeHeader(c.batch('y').header)
        return c.viewChange(2, { view: 1, prepared: [{ ...c.prepared(c.batch('x'), 0, [3, 4]), header }] })
      }
    ],
    [
      'certificates out of order',
      c => {
        const first = c.batch('x')
        const both = [first, c.batch('y', first)].map(batch => c.prepared(batch, 0, [3, 4]))
        return c.viewChange(2, { view: 1, prepared: both.toReversed() })
      }
    ],
    [
      'one place twice',
      c => {
        const certificate = c.prepared(c.batch('x'), 0, [3, 4])
        return c.viewChange(2, { view: 1, prepared: [certificate, certificate] })
      }
    ],
    [
      'a base with too few COMMITs',
      c => c.viewChange(2, { view: 1, base: c.certificate(c.batch('x'), 0, [1, 2]) })
    ],
    [
      'one bad certificate among good ones',
      c => {
        const first = c.batch('x')
        const prepared = [c.prepared(first, 0, [3, 4]), c.prepared(c.batch('y', first), 0, [3])]
        return c.viewChange(2, { view: 1, prepared })
      }
    ]
  ]

  it.each(bad)('is refused as a whole with %s, and does not mask those of others (C73)', (_, make) => {
    const { craft, peer } = alone()
    peer.deliver(make(craft))
    expect(peer.charges).toEqual([{ peer: 'peer-2', code: 'view-change-invalid' }])
    peer.deliver(craft.viewChange(1, { view: 1 }))
    expect(describeOf(peer)).toMatchObject({ view: 0, active: true })
    peer.deliver(craft.viewChange(3, { view: 1 }))
    expect(describeOf(peer)).toMatchObject({ view: 1, active: false })
  })

  it('of another epoch is left alone (C5)', () => {
    const { craft, peer } = alone()
    for (const from of [1, 2]) peer.deliver(craft.viewChange(from, { view: 1, epoch: 3 }))
    expect(describeOf(peer)).toMatchObject({ view: 0, active: true })
    expect(peer.charges).toEqual([])
  })

  it('of who does not vote counts for nothing (C73)', () => {
    const { craft, peer } = alone(4, { observers: 2 })
    for (const from of [5, 6]) peer.deliver(craft.viewChange(from, { view: 1 }))
    expect(describeOf(peer)).toMatchObject({ view: 0, active: true })
  })
})

describe('NEW-VIEW', () => {
  /** Peer 4 gets a NEW-VIEW for view 1 from its primary, peer 2. */
  const given = (
    make: (craft: Craft) => readonly Uint8Array[],
    plan: (craft: Craft) => readonly Uint8Array[] = () => []
  ) => {
    const all = alone()
    const frame = all.craft.newView(2, {
      view: 1,
      viewChanges: make(all.craft),
      prePrepares: plan(all.craft)
    })
    all.peer.deliver(frame)
    return { ...all, frame }
  }
  const plain = (craft: Craft) => [1, 2, 3].map(from => craft.viewChange(from, { view: 1 }))

  it('is made by the new primary as soon as it holds q VIEW-CHANGEs, its own among them (C81)', () => {
    const { bench, craft, peer } = alone(2)
    peer.deliver(craft.viewChange(3, { view: 1 }))
    expect(saidBy(bench, 2, KIND.newView)).toEqual([])
    peer.deliver(craft.viewChange(4, { view: 1 }))
    expect(saidBy(bench, 2, KIND.newView)).toHaveLength(1)
    expect(describeOf(peer)).toMatchObject({ view: 1, active: true, primary: 'peer-2' })
  })

  it('takes a backup into the view, also one that had not asked for it (C82)', () => {
    const { peer } = given(plain)
    expect(describeOf(peer)).toMatchObject({ view: 1, active: true })
  })

  it.each([
    ['too few VIEW-CHANGEs', (c: Craft) => plain(c).slice(1)],
    ['more than q', (c: Craft) => [...plain(c), c.viewChange(4, { view: 1 })]],
    ['one VIEW-CHANGE twice', (c: Craft) => [...plain(c).slice(1), ...plain(c).slice(1, 2)]],
    ['a VIEW-CHANGE for another view', (c: Craft) => [...plain(c).slice(1), c.viewChange(1, { view: 2 })]],
    [
      'an invalid VIEW-CHANGE',
      (c: Craft) => [
        ...plain(c).slice(1),
        c.viewChange(1, { view: 1, prepared: [c.prepared(c.batch('x'), 0, [3])] })
      ]
    ]
  ])('is refused with %s (C82)', (_, make) => {
    const { peer } = given(make)
    expect(describeOf(peer)).toMatchObject({ view: 0, active: true })
    expect(peer.charges).toEqual([{ peer: 'peer-2', code: 'new-view-invalid' }])
  })

  it('is refused from who is not the primary of the view (C82)', () => {
    const { craft, peer } = alone()
    peer.deliver(craft.newView(3, { view: 1, viewChanges: plain(craft) }))
    expect(peer.charges).toEqual([{ peer: 'peer-3', code: 'new-view-not-primary' }])
  })

  /** What peer 1 had prepared in view 0, and how the new primary of view 1 may lie about it. */
  const lies = (craft: Craft) => {
    const batch = craft.batch('prepared')
    const viewChanges = [
      craft.viewChange(1, { view: 1, prepared: [craft.prepared(batch, 0, [2, 3])] }),
      ...plain(craft).slice(1)
    ]
    const name = (digest: string, over: object = {}) =>
      craft.vote(2, KIND.prePrepare, { view: 1, seq: 1, digest, ...over }).frame
    return { batch, viewChanges, name, other: craft.batch('another') }
  }

  it.each([
    ['leaves out what was prepared', () => []],
    ['names another batch', (l: ReturnType<typeof lies>) => [l.name(l.other.digest)]],
    ['names another place', (l: ReturnType<typeof lies>) => [l.name(l.batch.digest, { seq: 2 })]],
    ['names another view', (l: ReturnType<typeof lies>) => [l.name(l.batch.digest, { view: 5 })]],
    [
      'adds something',
      (l: ReturnType<typeof lies>) => [l.name(l.batch.digest), l.name(l.other.digest, { seq: 2 })]
    ]
  ])('is refused when it %s: backups recompute O (C82)', (_, plan) => {
    const { craft, peer } = alone()
    const all = lies(craft)
    peer.deliver(craft.newView(2, { view: 1, viewChanges: all.viewChanges, prePrepares: plan(all) }))
    expect(describeOf(peer)).toMatchObject({ view: 0, active: true })
    expect(peer.charges).toEqual([{ peer: 'peer-2', code: 'new-view-invalid' }])
  })

  it('runs the three phases again for what was prepared, in the new view (C83)', () => {
    const { bench, craft, peer } = alone()
    const { batch, viewChanges, name } = lies(craft)
    peer.deliver(craft.newView(2, { view: 1, viewChanges, prePrepares: [name(batch.digest)] }))
    expect(saidBy(bench, 4, KIND.fetchContent)).toHaveLength(1)
    peer.deliver(craft.content(3, batch))
    const about = { view: 1, seq: 1, digest: batch.digest }
    for (const from of [1, 3]) peer.deliver(craft.vote(from, KIND.prepare, about).frame)
    for (const from of [1, 2]) peer.deliver(craft.vote(from, KIND.commit, about).frame)
    expect(headOf(peer)).toBe(batch.digest)
  })

  it('takes nothing else at a place that it names (C83)', () => {
    const { bench, craft, peer } = alone()
    const { batch, viewChanges, name, other } = lies(craft)
    peer.deliver(craft.newView(2, { view: 1, viewChanges, prePrepares: [name(batch.digest)] }))
    peer.deliver(craft.propose(2, other, { view: 1 }))
    expect(saidBy(bench, 4, KIND.prepare)).toEqual([])
  })

  it('waits for the batch that it builds on, and is taken when that is executed (C84)', () => {
    const { craft, peer } = alone()
    const decided = craft.batch('decided elsewhere')
    const base = craft.certificate(decided, 0, [1, 2, 3])
    const viewChanges = [craft.viewChange(1, { view: 1, base }), ...plain(craft).slice(1)]
    peer.deliver(craft.newView(2, { view: 1, viewChanges }))
    expect(describeOf(peer)).toMatchObject({ view: 0, executed: 0 })
    peer.deliver(craft.decided(1, decided, [1, 2, 3]))
    expect(describeOf(peer)).toMatchObject({ view: 1, active: true, executed: 1 })
  })

  it('is made anew for a batch that was prepared in the highest view (C80)', () => {
    const { bench, craft, peer } = alone(1)
    const [low, high] = [craft.batch('of view 0'), craft.batch('of view 2')]
    for (const [from, prepared] of [
      [2, [craft.prepared(low, 0, [2, 3])]],
      [3, [craft.prepared(high, 2, [2, 4])]]
    ] as const)
      peer.deliver(craft.viewChange(from, { view: 4, prepared }))
    peer.deliver(craft.content(3, high))
    bench.run()
    const [made] = saidBy(bench, 1, KIND.newView)
    const [, , , , plan] = (made?.envelope.body ?? []) as unknown[]
    const opened = (plan as Uint8Array[]).map(frame => bench.signer(1).open(frame))
    expect(
      opened.map(one =>
        one.ok ? Buffer.from((one.envelope.body as Uint8Array[])[4] ?? []).toString('hex') : ''
      )
    ).toEqual([high.digest])
  })

  it('stops at the first gap: nothing above it can be decided (C80)', () => {
    const { bench, craft, peer } = alone(2)
    const first = craft.batch('missing')
    const second = craft.batch('above the gap', first)
    peer.deliver(craft.viewChange(3, { view: 1, prepared: [craft.prepared(second, 0, [3, 4])] }))
    peer.deliver(craft.viewChange(4, { view: 1 }))
    const [, , , , plan] = (saidBy(bench, 2, KIND.newView)[0]?.envelope.body ?? []) as unknown[]
    expect(plan).toEqual([])
  })

  it('stops where the chain of parents breaks (C80)', () => {
    const { bench, craft, peer } = alone(2)
    const [one, two] = [craft.batch('one'), craft.batch('two')]
    const prepared = [craft.prepared(one, 0, [3, 4]), craft.prepared(craft.batch('on two', two), 0, [3, 4])]
    peer.deliver(craft.viewChange(3, { view: 1, prepared }))
    peer.deliver(craft.viewChange(4, { view: 1 }))
    peer.deliver(craft.content(3, one))
    const [, , , , plan] = (saidBy(bench, 2, KIND.newView)[0]?.envelope.body ?? []) as unknown[]
    expect(plan).toHaveLength(1)
  })
})

describe('the group', () => {
  it('survives a crashed primary, and orders what waited (C70)', () => {
    const bench = createBench()
    bench.start(2, 3, 4)
    submit(bench.peer(3), 'waits for a primary')
    bench.advance(9_000)
    expect([2, 3, 4].map(peer => heightOf(bench.peer(peer)))).toEqual([1, 1, 1])
    expect(describeOf(bench.peer(3))).toMatchObject({ view: 1, active: true })
  })

  it('survives as many crashed primaries in a row as it tolerates (C70)', () => {
    const bench = createBench({ voters: 7 })
    bench.start(3, 4, 5, 6, 7)
    submit(bench.peer(3), 'waits for the third primary')
    bench.advance(20_000)
    expect([3, 4, 5, 6, 7].map(peer => heightOf(bench.peer(peer)))).toEqual(Array(5).fill(1))
    expect(describeOf(bench.peer(7))).toMatchObject({ view: 2, active: true })
  })

  it('keeps what a quorum had prepared, when the primary crashes before anybody decided (C83)', () => {
    const bench = createBench()
    bench.start()
    bench.drop = ({ kind }) => kind === KIND.commit
    submit(bench.peer(1), 'prepared everywhere')
    bench.run()
    const digest = bench.said.find(({ envelope }) => envelope.kind === KIND.prepare)?.envelope
      .body as unknown[]
    bench.peer(1).crash()
    bench.drop = () => false
    submit(bench.peer(2), 'later')
    bench.advance(10_000)
    expect(bench.peer(2).running.ledger.history.batch(1)?.batch.digest).toBe(
      Buffer.from(digest[4] as Uint8Array).toString('hex')
    )
    expect([2, 3, 4].map(peer => heightOf(bench.peer(peer)))).toEqual([2, 2, 2])
  })

  it('keeps what one voter had decided, when that and the primary are gone (C80)', () => {
    const bench = createBench({ voters: 7 })
    bench.start()
    // Only peer 7 hears the COMMITs.
    bench.drop = ({ kind, to }) => kind === KIND.commit && to !== 'peer-7'
    submit(bench.peer(1), 'decided at one place')
    bench.run()
    expect(bench.peers.map(heightOf)).toEqual([0, 0, 0, 0, 0, 0, 1])
    const decided = headOf(bench.peer(7))
    bench.peer(1).crash()
    bench.peer(7).crash()
    bench.drop = () => false
    submit(bench.peer(2), 'later')
    bench.advance(10_000)
    expect(bench.peer(3).running.ledger.history.batch(1)?.batch.digest).toBe(decided)
  })

  it('puts what was not prepared back into the pool, and executes it once (C83)', () => {
    const bench = createBench()
    bench.start()
    bench.drop = ({ kind }) => kind === KIND.prepare || kind === KIND.commit
    submit(bench.peer(2), 'proposed, not prepared')
    bench.run()
    bench.peer(1).crash()
    bench.drop = () => false
    bench.advance(10_000)
    expect([2, 3, 4].map(peer => heightOf(bench.peer(peer)))).toEqual([1, 1, 1])
    expect(bench.peer(2).running.ledger.history.batch(1)?.batch.submissions).toHaveLength(1)
  })

  it('brings a node that missed NEW-VIEW into the view with the next status (C112)', () => {
    const bench = createBench()
    bench.start(2, 3, 4)
    bench.drop = ({ kind, to }) => kind === KIND.newView && to === 'peer-4'
    submit(bench.peer(3), 'needs a view change')
    bench.advance(3_000)
    bench.drop = () => false
    bench.advance(3_000)
    expect(describeOf(bench.peer(4))).toMatchObject({ view: 1, active: true, executed: 1 })
  })
})
