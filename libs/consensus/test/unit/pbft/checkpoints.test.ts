import { describe, expect, it } from 'vitest'
import { KIND, statusShape } from '../../../src/pbft/messages.ts'
import { createBench, describeOf, heightOf, submit, type Bench } from '../../support/bench.ts'
import { createCraft } from '../../support/craft.ts'

const CONFIG = { checkpointInterval: 8 }

const decide = (bench: Bench, batches: number, by = 1): void => {
  for (let i = 0; i < batches; i++) {
    submit(bench.peer(by), `${bench.now} ${i}`)
    bench.advance(10)
  }
}

const saidBy = (bench: Bench, peer: number, kind: string) =>
  bench.said.filter(({ envelope }) => envelope.kind === kind && envelope.author === `peer-${peer}`)

describe('checkpoints', () => {
  it('are stable at q matching digests, and move the low watermark (C101)', () => {
    const bench = createBench({ config: CONFIG })
    bench.start()
    decide(bench, 8)
    expect(bench.peers.map(peer => describeOf(peer)['stable'])).toEqual([8, 8, 8, 8])
  })

  it('are not stable below q (C101)', () => {
    const bench = createBench({ config: CONFIG })
    bench.drop = ({ kind, from }) => kind === KIND.checkpoint && from !== 'peer-1'
    bench.start()
    decide(bench, 8)
    expect(describeOf(bench.peer(3))).toMatchObject({ executed: 8, stable: 0 })
  })

  it('reach who has missed them with the next status (C111)', () => {
    const bench = createBench({ config: CONFIG })
    bench.drop = ({ kind }) => kind === KIND.checkpoint
    bench.start()
    decide(bench, 8)
    bench.advance(3_000)
    expect(bench.peers.map(peer => describeOf(peer)['stable'])).toEqual([8, 8, 8, 8])
  })

  it('stop the primary 2K past the stable one (C102)', () => {
    const bench = createBench({ config: CONFIG })
    bench.drop = ({ kind }) => kind === KIND.checkpoint || kind === KIND.status
    bench.start()
    decide(bench, 30)
    expect(heightOf(bench.peer(1))).toBe(16)
  })

  it('survive a restart (C101)', () => {
    const bench = createBench({ config: CONFIG })
    bench.start()
    decide(bench, 8)
    bench.peer(2).crash()
    bench.peer(2).start()
    expect(describeOf(bench.peer(2))).toMatchObject({ stable: 8, executed: 8 })
  })
})

describe('a node whose state differs from a certified one', () => {
  const diverged = (init: Parameters<typeof createBench>[0] = {}, who = 4) => {
    const bench = createBench({ config: CONFIG, ...init })
    bench.start()
    decide(bench, 7)
    bench.peer(who).running.ledger.corrupt()
    decide(bench, 1)
    return bench
  }

  it('stops voting and says so once (C104)', () => {
    const bench = diverged()
    const before = saidBy(bench, 4, KIND.prepare).length
    decide(bench, 3)
    expect(describeOf(bench.peer(4))).toMatchObject({ diverged: true, executed: 11 })
    expect(saidBy(bench, 4, KIND.prepare)).toHaveLength(before)
    expect(bench.peer(4).events.filter(({ type }) => type === 'diverged')).toHaveLength(1)
  })

  it('does not vote after a restart either (C104)', () => {
    const bench = diverged()
    bench.peer(4).crash()
    bench.peer(4).start()
    const before = saidBy(bench, 4, KIND.prepare).length
    decide(bench, 3)
    expect(describeOf(bench.peer(4))).toMatchObject({ diverged: true })
    expect(saidBy(bench, 4, KIND.prepare)).toHaveLength(before)
  })

  it('finds out when the others were there first (C104)', () => {
    const bench = createBench({ config: CONFIG })
    bench.start()
    decide(bench, 7)
    bench.peer(4).running.ledger.corrupt()
    bench.drop = ({ to, kind }) => to === 'peer-4' && kind !== KIND.checkpoint
    decide(bench, 1)
    expect(describeOf(bench.peer(4))).toMatchObject({ stable: 8, executed: 7, diverged: false })
    bench.drop = () => false
    bench.advance(3_000)
    expect(describeOf(bench.peer(4))).toMatchObject({ executed: 8, diverged: true })
  })

  it('finds out as an observer too (C104)', () => {
    const bench = createBench({ config: CONFIG, observers: 1 })
    bench.start()
    decide(bench, 7)
    bench.peer(5).running.ledger.corrupt()
    decide(bench, 1)
    bench.advance(3_000)
    expect(describeOf(bench.peer(5))).toMatchObject({ diverged: true })
    expect(bench.peers.slice(0, 4).map(peer => describeOf(peer)['diverged'])).toEqual(Array(4).fill(false))
  })

  it('is nobody because of one liar (C104)', () => {
    const bench = createBench({ config: CONFIG })
    const craft = createCraft(bench)
    bench.start(1, 2, 3)
    const lie = craft.vote(4, KIND.checkpoint, { seq: 8, digest: craft.batch('lie').digest }).frame
    const body = { view: 0, active: true, executed: 8, checkpoint: lie }
    for (const peer of [1, 2, 3])
      bench.peer(peer).deliver(bench.signer(4).sign(KIND.status, statusShape.encode(body)).frame)
    decide(bench, 8)
    expect(bench.peers.slice(0, 3).map(peer => describeOf(peer)['diverged'])).toEqual(Array(3).fill(false))
    expect(bench.peers.slice(0, 3).map(peer => describeOf(peer)['stable'])).toEqual(Array(3).fill(8))
  })
})
