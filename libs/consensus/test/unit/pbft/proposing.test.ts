import { describe, expect, it } from 'vitest'
import { KIND } from '../../../src/pbft/messages.ts'
import { createBench, describeOf, heightOf, submissionOf, submit, type Bench } from '../../support/bench.ts'

const count = (bench: Bench, kind: string): number =>
  bench.said.filter(({ envelope }) => envelope.kind === kind).length

describe('the primary', () => {
  it('proposes at once when nothing is in flight (C20)', () => {
    const bench = createBench()
    bench.start(1)
    submit(bench.peer(1), 'at once')
    expect(count(bench, KIND.propose)).toBe(1)
  })

  it('gathers entries while batches are in flight, for a moment (C20)', () => {
    const bench = createBench({ config: { batchDelayMs: 10, statusMs: 60_000 } })
    bench.start(1)
    for (let i = 0; i < 20; i++) submit(bench.peer(1), `${i}`)
    expect(count(bench, KIND.propose)).toBe(1)
    bench.advance(10)
    expect(count(bench, KIND.propose)).toBe(2)
    expect(describeOf(bench.peer(1))).toMatchObject({ pending: 20, contents: 2 })
  })

  it.each([1, 8])('has at most a window of %i batches undecided (C66)', window => {
    const bench = createBench({ config: { window, batchDelayMs: 0, statusMs: 60_000 } })
    bench.start(1)
    for (let i = 0; i < 20; i++) submit(bench.peer(1), `${i}`)
    expect(count(bench, KIND.propose)).toBe(window)
  })

  it.each([1, 8])('decides everything with a window of %i (C66)', window => {
    const bench = createBench({ config: { window } })
    bench.start()
    for (let i = 0; i < 50; i++) submit(bench.peer((i % 4) + 1), `${i}`)
    bench.advance(1_000)
    expect(bench.peers.map(peer => describeOf(peer)['pending'])).toEqual([0, 0, 0, 0])
    expect(new Set(bench.peers.map(heightOf)).size).toBe(1)
  })

  it('tries what is too early now and then, not in every step (C24)', () => {
    const bench = createBench()
    bench.start(1)
    for (let i = 1; i <= 100; i++)
      bench.peer(1).deliver(submissionOf(bench.signer(4), i, `at:${bench.now + 60_000}`).frame)
    const { calls } = bench.peer(1).running.ledger
    calls.propose = 0
    for (let i = 0; i < 200; i++)
      bench.peer(1).input('consensus', { type: 'peer', peer: 'peer-2', connected: true })
    expect(calls.propose).toBe(0)
    bench.advance(10_000)
    expect(calls.propose).toBeLessThan(100 * 40)
  })

  it('orders what stands behind entries that are too early (C24)', () => {
    const bench = createBench({ config: { batchEntriesMax: 8 } })
    bench.start()
    for (let i = 1; i <= 50; i++)
      bench.peer(1).deliver(submissionOf(bench.signer(4), i, `at:${bench.now + 60_000}`).frame)
    submit(bench.peer(2), 'valid now')
    bench.advance(100)
    expect(bench.peers.map(heightOf)).toEqual([1, 1, 1, 1])
  })

  it('drops what can never be valid, and tells its submitter', () => {
    const bench = createBench()
    bench.start()
    submit(bench.peer(2), 'good', 'bad')
    bench.advance(2_000)
    expect(bench.peer(2).events).toContainEqual({
      type: 'submission-refused',
      durable: false,
      data: { token: 'test:good,bad', code: 'record-bad' }
    })
    expect(describeOf(bench.peer(2))).toMatchObject({ pending: 0 })
  })

  it('forgets a submission whose counter was executed with another content', () => {
    const bench = createBench()
    bench.start()
    bench.peer(1).deliver(submissionOf(bench.signer(9), 1, 'one').frame)
    bench.run()
    bench.peer(1).deliver(submissionOf(bench.signer(9), 1, 'two').frame)
    bench.advance(200)
    expect(heightOf(bench.peer(1))).toBe(1)
    expect(describeOf(bench.peer(1))).toMatchObject({ pending: 0 })
  })
})

describe('submissions', () => {
  it('go to the primary first, and to every voter when they were not ordered in time (C11)', () => {
    const bench = createBench({ config: { relayMs: 500, viewTimeoutMs: 60_000 } })
    bench.start(2)
    submit(bench.peer(2), 'slow')
    const sent = () => bench.said.filter(({ envelope }) => envelope.kind === 'submission').map(({ to }) => to)
    expect(sent()).toEqual(['peer-1'])
    bench.advance(500)
    expect(sent()).toEqual(['peer-1', undefined])
  })

  it('are relayed only when they themselves have waited, however busy the node is (C11)', () => {
    const bench = createBench({ config: { relayMs: 500 } })
    bench.start()
    for (let i = 0; i < 200; i++) {
      submit(bench.peer(2), `${i}`)
      bench.advance(7)
    }
    const relayed = bench.said.filter(
      ({ envelope, to }) => envelope.kind === 'submission' && to === undefined
    )
    expect(relayed).toEqual([])
  })

  it('are passed on to the primary by who did not know them (C11)', () => {
    const bench = createBench()
    bench.start(3)
    bench.peer(3).deliver(submissionOf(bench.signer(4), 1, 'relayed').frame)
    expect(bench.said.filter(({ envelope }) => envelope.kind === 'submission').map(({ to }) => to)).toEqual([
      'peer-1'
    ])
  })

  it('of others do not pile up at who has no vote (C14)', () => {
    const bench = createBench({ observers: 1 })
    bench.start(5)
    for (let i = 1; i < 50; i++) bench.peer(5).deliver(submissionOf(bench.signer(4), i, 'flood').frame)
    expect(describeOf(bench.peer(5))).toMatchObject({ pending: 0 })
  })

  it('that are not of the documented form do not pass the boundary (W30)', () => {
    const bench = createBench()
    bench.start(1)
    const { frame } = bench.signer(2).sign('submission', [1, 'not entries'])
    expect(bench.peer(1).deliver(frame)).toBe(false)
  })
})

it('decides alone in a group of one (C4)', () => {
  const bench = createBench({ voters: 1 })
  bench.start()
  submit(bench.peer(1), 'alone')
  expect(heightOf(bench.peer(1))).toBe(1)
})

it.each([2, 3, 5, 6, 7])('decides in a group of %i with f absent (C4)', voters => {
  const bench = createBench({ voters })
  const running = bench.peers.length - bench.voters.faultTolerance
  bench.start(...Array.from({ length: running }, (_, i) => i + 1))
  submit(bench.peer(1), 'with those who are there')
  bench.advance(100)
  expect(bench.peers.slice(0, running).map(heightOf)).toEqual(Array(running).fill(1))
})
