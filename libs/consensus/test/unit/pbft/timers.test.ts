import { describe, expect, it } from 'vitest'
import { KIND } from '../../../src/pbft/messages.ts'
import { createBench, describeOf, heightOf, submissionOf, submit } from '../../support/bench.ts'
import { createCraft } from '../../support/craft.ts'

/** Peer 4 alone, with a request that waits. */
const waiting = () => {
  const bench = createBench({ config: { viewTimeoutMs: 1_000 } })
  bench.start(4)
  submit(bench.peer(4), 'waits')
  return { bench, craft: createCraft(bench), peer: bench.peer(4) }
}

describe('the request timer', () => {
  it('gives the primary up after the view timeout (C70)', () => {
    const { bench, peer } = waiting()
    bench.advance(999)
    expect(describeOf(peer)).toMatchObject({ view: 0, active: true })
    bench.advance(1)
    expect(describeOf(peer)).toMatchObject({ view: 1, active: false })
  })

  it('follows the oldest request, whatever else happens meanwhile (C70)', () => {
    const bench = createBench({ config: { viewTimeoutMs: 1_000 } })
    bench.start()
    // The primary orders everything but this one submission.
    bench.drop = ({ to, kind }) => kind === 'submission' && to === 'peer-1'
    const censored = submissionOf(bench.signer(4), 77, 'censored')
    for (const peer of [2, 3]) bench.peer(peer).deliver(censored.frame)
    for (let i = 0; i < 12; i++) {
      submit(bench.peer(1), `trickle ${i}`)
      bench.advance(100)
    }
    expect(describeOf(bench.peer(2))['view']).toBeGreaterThan(0)
  })

  /** The primary orders full batches all the time; one entry that the backups know of is not among them. */
  const loaded = (forMs: number) => {
    const bench = createBench({ config: { viewTimeoutMs: 1_000, batchEntriesMax: 2 } })
    bench.start()
    bench.drop = ({ to, kind }) => kind === 'submission' && to === 'peer-1'
    for (const peer of [2, 3]) bench.peer(peer).deliver(submissionOf(bench.signer(4), 77, 'behind').frame)
    for (let waited = 0; waited < forMs; waited += 100) {
      submit(bench.peer(1), `full ${waited}`)
      bench.advance(100)
    }
    return describeOf(bench.peer(2))['view'] as number
  }

  it('has patience with a primary that orders full batches (C70)', () => {
    expect(loaded(7_000)).toBe(0)
  })

  it('but not for ever: an entry must not be censored (C70)', () => {
    expect(loaded(9_000)).toBeGreaterThan(0)
  })

  it('does not run when nothing waits (C70)', () => {
    const bench = createBench()
    bench.start()
    bench.advance(60_000)
    expect(bench.peers.map(peer => describeOf(peer)['view'])).toEqual([0, 0, 0, 0])
  })

  it('does not suspect the primary over an entry that is too early (C70)', () => {
    const bench = createBench()
    bench.start()
    submit(bench.peer(2), `at:${bench.now + 30_000}`)
    bench.advance(29_000)
    expect(bench.peers.map(heightOf)).toEqual([0, 0, 0, 0])
    expect(bench.peers.map(peer => describeOf(peer)['view'])).toEqual([0, 0, 0, 0])
    bench.advance(6_000)
    expect(bench.peers.map(heightOf)).toEqual([1, 1, 1, 1])
  })

  it('drops what can never be valid instead of suspecting anybody (C70)', () => {
    const bench = createBench()
    bench.start()
    for (const peer of [1, 2, 3, 4]) bench.peer(peer).deliver(submissionOf(bench.signer(4), 5, 'bad').frame)
    bench.advance(10_000)
    expect(bench.peers.map(peer => describeOf(peer)['view'])).toEqual([0, 0, 0, 0])
    expect(bench.peers.map(peer => describeOf(peer)['pending'])).toEqual([0, 0, 0, 0])
  })
})

describe('the NEW-VIEW timer', () => {
  it('starts when a quorum has asked for the view, not before (C76)', () => {
    const { bench, craft, peer } = waiting()
    bench.advance(60_000)
    expect(describeOf(peer)).toMatchObject({ view: 1, active: false })
    for (const other of [1, 3]) peer.deliver(craft.viewChange(other, { view: 1 }))
    bench.advance(1_999)
    expect(describeOf(peer)).toMatchObject({ view: 1 })
    bench.advance(1)
    expect(describeOf(peer)).toMatchObject({ view: 2, active: false })
  })

  it('doubles for every view that fails in a row (C76)', () => {
    const { bench, craft, peer } = waiting()
    bench.advance(1_000)
    for (const [view, patience] of [
      [1, 2_000],
      [2, 4_000],
      [3, 8_000]
    ] as const) {
      for (const other of [1, 3]) peer.deliver(craft.viewChange(other, { view }))
      bench.advance(patience - 1)
      expect(describeOf(peer)).toMatchObject({ view })
      bench.advance(1)
      expect(describeOf(peer)).toMatchObject({ view: view + 1 })
    }
  })

  it('is what it was again after an execution (C76)', () => {
    const bench = createBench({ config: { viewTimeoutMs: 1_000 } })
    bench.start(2, 3, 4)
    submit(bench.peer(2), 'needs a view change')
    bench.advance(10_000)
    expect(heightOf(bench.peer(4))).toBe(1)
    bench.drop = () => true
    const before = describeOf(bench.peer(4))['view'] as number
    submit(bench.peer(4), 'waits')
    bench.advance(1_000)
    expect(describeOf(bench.peer(4))).toMatchObject({ view: before + 1, active: false })
  })

  it('is not fired by a request timer that was already on its way (C76)', () => {
    const { craft, peer } = waiting()
    for (const other of [2, 3]) peer.deliver(craft.viewChange(other, { view: 1 }))
    expect(describeOf(peer)).toMatchObject({ view: 1, active: false })
    peer.fire('consensus/progress')
    expect(describeOf(peer)).toMatchObject({ view: 1, active: false })
  })
})

it('a message of the view change makes no timer run twice', () => {
  const { bench, craft, peer } = waiting()
  for (const other of [1, 2, 3]) peer.deliver(craft.viewChange(other, { view: 1 }))
  expect([...peer.timers.keys()].filter(name => name === 'consensus/progress')).toHaveLength(1)
  expect(bench.said.filter(({ envelope }) => envelope.kind === KIND.viewChange)).toHaveLength(1)
})
