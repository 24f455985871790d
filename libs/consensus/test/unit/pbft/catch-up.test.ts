import { describe, expect, it } from 'vitest'
import { KIND, fetchShape, statusShape } from '../../../src/pbft/messages.ts'
import { createBench, describeOf, headOf, heightOf, submit, type Bench } from '../../support/bench.ts'
import { createCraft } from '../../support/craft.ts'

const count = (bench: Bench, kind: string, from?: string): number =>
  bench.said.filter(({ envelope }) => envelope.kind === kind && (from ?? envelope.author) === envelope.author)
    .length

/** Peers 1 to 3 decide this many batches while peer 4 is down. */
const ahead = (batches: number, init: Parameters<typeof createBench>[0] = {}) => {
  const bench = createBench(init)
  bench.start(1, 2, 3)
  for (let i = 0; i < batches; i++) {
    submit(bench.peer(1), `batch ${i}`)
    bench.advance(1)
  }
  return bench
}

const status = (bench: Bench, peer: number, executed: number) =>
  bench
    .signer(peer)
    .sign(KIND.status, statusShape.encode({ view: 0, active: true, executed, checkpoint: null })).frame

describe('catch-up', () => {
  it('fetches what was decided while the node was away (C115)', () => {
    const bench = ahead(150)
    bench.start(4)
    bench.advance(3_000)
    expect(heightOf(bench.peer(4))).toBe(150)
    expect(headOf(bench.peer(4))).toBe(headOf(bench.peer(1)))
  })

  it('does not depend on the peer that claims to be the furthest (C114)', () => {
    const bench = ahead(2)
    bench.peer(3).crash()
    bench.start(4)
    // Peer 3 lies: nobody is that far, and it never answers. It says so before and more often than the others.
    for (let tick = 0; tick < 20; tick++) {
      bench.peer(4).deliver(status(bench, 3, 1_000_000))
      bench.advance(300)
    }
    expect(heightOf(bench.peer(4))).toBe(2)
  })

  it('serves batches without opening their submissions (C116)', () => {
    const bench = ahead(20)
    bench.peer(1).running.ledger.calls.opened = 0
    bench.peer(1).deliver(bench.signer(4).sign(KIND.fetch, fetchShape.encode({ from: 1, to: 20 })).frame)
    expect(count(bench, KIND.decided, 'peer-1')).toBe(20)
    expect(bench.peer(1).running.ledger.calls.opened).toBe(0)
  })

  it('serves the same range to a peer again only after a while (C116)', () => {
    const bench = ahead(5)
    const ask = () =>
      bench.peer(1).deliver(bench.signer(4).sign(KIND.fetch, fetchShape.encode({ from: 1, to: 5 })).frame)
    for (let i = 0; i < 50; i++) ask()
    expect(count(bench, KIND.decided, 'peer-1')).toBe(5)
    bench.advance(500)
    ask()
    expect(count(bench, KIND.decided, 'peer-1')).toBe(10)
  })

  it('refuses a decided batch whose certificate names another epoch than its votes (C42)', () => {
    const bench = createBench()
    const craft = createCraft(bench)
    bench.start(4)
    const batch = craft.batch('decided')
    bench.peer(4).deliver(craft.decided(1, batch, [1, 2, 3], 7))
    expect(heightOf(bench.peer(4))).toBe(0)
    expect(bench.peer(4).charges).toEqual([{ peer: 'peer-1', code: 'decided-certificate-invalid' }])
    bench.peer(4).deliver(craft.decided(1, batch, [1, 2, 3]))
    expect(heightOf(bench.peer(4))).toBe(1)
  })

  it.each([
    ['too few votes', [1, 2]],
    ['a voter twice', [1, 2, 2]],
    ['a stranger', [1, 2, 9]]
  ])('refuses a decided batch with %s (C42)', (_, voters) => {
    const bench = createBench()
    const craft = createCraft(bench)
    bench.start(4)
    bench.peer(4).deliver(craft.decided(2, craft.batch('decided'), voters))
    expect(heightOf(bench.peer(4))).toBe(0)
    expect(bench.peer(4).charges).toEqual([{ peer: 'peer-2', code: 'decided-certificate-invalid' }])
  })

  it('executes decided batches in order, whatever order they come in (C67)', () => {
    const bench = createBench()
    const craft = createCraft(bench)
    bench.start(4)
    const first = craft.batch('first')
    const second = craft.batch('second', first)
    bench.peer(4).deliver(craft.decided(1, second, [1, 2, 3]))
    expect(heightOf(bench.peer(4))).toBe(0)
    bench.peer(4).deliver(craft.decided(1, first, [1, 2, 3]))
    expect(heightOf(bench.peer(4))).toBe(2)
  })

  it('calls itself behind when f+1 voters are ahead, not when one claims to be', () => {
    const bench = createBench()
    bench.start(4)
    bench.peer(4).deliver(status(bench, 3, 1_000_000))
    expect(describeOf(bench.peer(4))).toMatchObject({ behind: false })
    bench.peer(4).deliver(status(bench, 2, 500))
    expect(describeOf(bench.peer(4))).toMatchObject({ behind: true })
  })

  it('stops asking for the batches of a NEW-VIEW once they were decided otherwise (C113)', () => {
    const bench = createBench()
    const craft = createCraft(bench)
    bench.start(4)
    const batch = craft.batch('prepared elsewhere')
    const viewChanges = [
      craft.viewChange(1, { view: 1, prepared: [craft.prepared(batch, 0, [2, 3])] }),
      craft.viewChange(2, { view: 1 }),
      craft.viewChange(3, { view: 1 })
    ]
    const pre = craft.vote(2, KIND.prePrepare, { view: 1, seq: 1, digest: batch.digest })
    bench.peer(4).deliver(craft.newView(2, { view: 1, viewChanges, prePrepares: [pre.frame] }))
    bench.peer(4).deliver(craft.decided(1, batch, [1, 2, 3]))
    const asked = count(bench, KIND.fetchContent)
    bench.advance(10_000)
    expect(count(bench, KIND.fetchContent)).toBe(asked)
  })

  it('an observer follows without a vote (C2)', () => {
    const bench = createBench({ observers: 1 })
    bench.start()
    submit(bench.peer(5), 'asked by an observer')
    bench.advance(5_000)
    expect(bench.peers.map(heightOf)).toEqual([1, 1, 1, 1, 1])
    expect(count(bench, KIND.prepare, 'peer-5') + count(bench, KIND.commit, 'peer-5')).toBe(0)
  })
})

describe('help for a peer in an earlier view', () => {
  it('is given once in a while, however often it says where it stands (C112)', () => {
    const bench = createBench()
    bench.start(2, 3, 4)
    submit(bench.peer(2), 'needs a new view')
    bench.advance(20_000)
    expect(describeOf(bench.peer(3))).toMatchObject({ active: true })
    const lost = bench
      .signer(1)
      .sign(KIND.status, statusShape.encode({ view: 0, active: true, executed: 0, checkpoint: null })).frame
    const before = count(bench, KIND.newView)
    for (let i = 0; i < 100; i++) bench.peer(3).deliver(lost)
    expect(count(bench, KIND.newView) - before).toBe(1)
  })
})
