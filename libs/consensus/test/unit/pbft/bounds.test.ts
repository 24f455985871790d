import { describe, expect, it } from 'vitest'
import type { Batch } from '@quorate/contracts'
import { createBatch, LIMITS } from '@quorate/core'
import { KIND } from '../../../src/pbft/messages.ts'
import { GROUP_ID, START_MS, createBench, describeOf, submissionOf } from '../../support/bench.ts'
import { createCraft } from '../../support/craft.ts'

const lone = (init: Parameters<typeof createBench>[0] = {}) => {
  const bench = createBench(init)
  bench.start(4)
  return { bench, craft: createCraft(bench), peer: bench.peer(4) }
}

/** A batch whose agreed time is further from everybody's clock than a voter takes. */
const skewed = (bench: ReturnType<typeof createBench>, counter: number): Batch => {
  const time = START_MS + LIMITS.clockSkewMsMax + 1_000
  return createBatch({ seq: 1, parent: GROUP_ID, base: 0, time }, [
    submissionOf(bench.signer(1), counter, `skewed ${counter}`)
  ])
}

describe('what a liar can make a node keep', () => {
  it('is one batch for each place, also of batches that are too early (C60)', () => {
    const { bench, craft, peer } = lone()
    for (let i = 1; i <= 50; i++) peer.deliver(craft.propose(1, skewed(bench, i)))
    expect(describeOf(peer)).toMatchObject({ contents: 1, held: 1 })
  })

  it('is no batch that is not valid (C61)', () => {
    const { craft, peer } = lone({ observers: 1 })
    peer.deliver(craft.propose(1, craft.batch('bad')))
    expect(describeOf(peer)).toMatchObject({ contents: 0, held: 0 })
  })

  it('is no batch that is not valid, for an observer either (C61)', () => {
    const { bench, craft } = lone({ observers: 1 })
    bench.start(5)
    for (let i = 0; i < 10; i++) bench.peer(5).deliver(craft.propose(1, craft.batch('bad')))
    expect(describeOf(bench.peer(5))).toMatchObject({ contents: 0, held: 0 })
  })

  it('is 64 messages of later views from each voter (C65)', () => {
    const { craft, peer } = lone()
    const { digest } = craft.batch('later')
    for (let seq = 1; seq <= 500; seq++)
      peer.deliver(craft.vote(2, KIND.prepare, { view: 8, seq, digest }).frame)
    expect(describeOf(peer)).toMatchObject({ future: 64 })
  })

  it('is 4 MiB of messages of later views from each voter (C65)', () => {
    const { bench, craft, peer } = lone()
    for (let i = 0; i < 20; i++) {
      const batch = createBatch({ seq: 1, parent: GROUP_ID, base: 0, time: START_MS }, [
        submissionOf(bench.signer(1), i + 1, ...Array.from({ length: 100 }, () => 'x'.repeat(8_000)))
      ])
      peer.deliver(craft.propose(2, batch, { view: 1 }))
    }
    expect(describeOf(peer)['future']).toBeGreaterThan(3)
    expect(describeOf(peer)['future']).toBeLessThan(6)
  })

  it('is nothing for views that are far away, or from who does not vote (C65)', () => {
    const { craft, peer } = lone()
    const { digest } = craft.batch('later')
    peer.deliver(craft.vote(2, KIND.prepare, { view: 1_000_000, seq: 1, digest }).frame)
    peer.deliver(craft.vote(9, KIND.prepare, { view: 1, seq: 1, digest }).frame)
    expect(describeOf(peer)).toMatchObject({ future: 0 })
  })

  it('is no vote outside the window (C66)', () => {
    const { craft, peer } = lone()
    const { digest } = craft.batch('far')
    for (let seq = 0; seq < 5_000; seq += 7) peer.deliver(craft.vote(2, KIND.commit, { seq, digest }).frame)
    expect(describeOf(peer)['slots']).toBeLessThanOrEqual(16)
  })
})

it('batches that a view change drops are gone from the disk too (C97)', () => {
  const { bench, craft, peer } = lone()
  peer.deliver(craft.propose(1, craft.batch('dropped')))
  expect(peer.store.range('pbft/content')).toHaveLength(1)
  for (const other of [2, 3]) peer.deliver(craft.viewChange(other, { view: 1 }))
  expect(describeOf(bench.peer(4))).toMatchObject({ view: 1, contents: 0 })
  expect(peer.store.range('pbft/content')).toEqual([])
})

it('keeps later messages untouched until their view is entered, and handles them then (C65)', () => {
  const { craft, peer } = lone()
  const batch = craft.batch('of view 1')
  peer.deliver(craft.propose(2, batch, { view: 1 }))
  for (const other of [1, 3])
    peer.deliver(craft.vote(other, KIND.prepare, { view: 1, seq: 1, digest: batch.digest }).frame)
  peer.deliver(craft.vote(3, KIND.prepare, { view: 5, seq: 1, digest: batch.digest }).frame)
  expect(describeOf(peer)).toMatchObject({ future: 4, contents: 0 })
  const viewChanges = [1, 2, 3].map(other => craft.viewChange(other, { view: 1 }))
  peer.deliver(craft.newView(2, { view: 1, viewChanges }))
  expect(describeOf(peer)).toMatchObject({ view: 1, active: true, future: 1, contents: 1 })
})

it('does not lose a suspicion that a message from the future brings (C61)', () => {
  const { craft, peer } = lone()
  peer.deliver(craft.propose(2, craft.batch('bad'), { view: 1 }))
  const viewChanges = [1, 2, 3].map(other => craft.viewChange(other, { view: 1 }))
  peer.deliver(craft.newView(2, { view: 1, viewChanges }))
  expect(describeOf(peer)).toMatchObject({ view: 2, active: false })
})
