import { describe, expect, it } from 'vitest'
import { conflictOf, decodeHeader, headerDigest } from '@quorate/core'
import { KIND, proposeShape } from '../../../src/pbft/messages.ts'
import { createBench, describeOf, heightOf, submit, type Bench } from '../../support/bench.ts'
import { createCraft } from '../../support/craft.ts'

/** Every pair of messages that one node has signed and must not have. */
const conflicts = ({ said }: Bench) => {
  const frames = new Map(said.map(({ frame, envelope }) => [Buffer.from(frame).toString('hex'), envelope]))
  const all = [...frames.values()]
  return all.flatMap((a, i) => all.slice(i + 1).flatMap(b => conflictOf(a, b) ?? []))
}

const framesOf = (bench: Bench, kind: string): string[] =>
  bench.said
    .filter(({ envelope }) => envelope.kind === kind)
    .map(({ frame }) => Buffer.from(frame).toString('hex'))

/** What was proposed, of whose batch the header tells. */
const proposed = (bench: Bench) =>
  bench.said.flatMap(({ envelope }) => {
    const body = envelope.kind === KIND.propose ? proposeShape.decode(envelope.body) : undefined
    const header = body && decodeHeader(body.header)
    return header ? [{ seq: header.seq, digest: headerDigest(header) }] : []
  })

/** Peer 2, the primary of view 1, has announced the view for a batch that only peer 3 has prepared, and has fetched it for that. */
const announced = () => {
  const bench = createBench()
  const craft = createCraft(bench)
  bench.start(2)
  const fetched = craft.batch('prepared elsewhere')
  const prepared = [craft.prepared(fetched, 0, [3, 4])]
  bench.peer(2).deliver(craft.viewChange(3, { view: 1, prepared }))
  bench.peer(2).deliver(craft.viewChange(4, { view: 1 }))
  bench.peer(2).deliver(craft.content(3, fetched))
  bench.run()
  return { bench, fetched }
}

describe('a primary that restarts after NEW-VIEW', () => {
  it('proposes nothing else in the places that it names (C94)', () => {
    const { bench, fetched } = announced()
    expect(describeOf(bench.peer(2))).toMatchObject({ view: 1, active: true })
    bench.peer(2).crash()
    bench.peer(2).start()
    submit(bench.peer(2), 'something new')
    bench.advance(200)
    const first = proposed(bench).filter(({ seq }) => seq === 1)
    expect(new Set(first.map(({ digest }) => digest))).toEqual(new Set([fetched.digest]))
    expect(conflicts(bench)).toEqual([])
  })

  it('goes on from there', () => {
    const { bench } = announced()
    bench.peer(2).crash()
    bench.peer(2).start()
    submit(bench.peer(2), 'something new')
    bench.advance(200)
    expect(proposed(bench).map(({ seq }) => seq)).toContain(2)
    expect(new Set(framesOf(bench, KIND.newView)).size).toBe(1)
  })
})

it('a backup that restarts before the batches of a NEW-VIEW came takes no other in their place (C94)', () => {
  const bench = createBench()
  const craft = createCraft(bench)
  bench.start(4)
  const lost = craft.batch('prepared elsewhere')
  const changes = [
    craft.viewChange(1, { view: 1, prepared: [craft.prepared(lost, 0, [2, 3])] }),
    craft.viewChange(2, { view: 1 }),
    craft.viewChange(3, { view: 1 })
  ]
  const pre = craft.vote(2, KIND.prePrepare, { view: 1, seq: 1, digest: lost.digest })
  bench.peer(4).deliver(craft.newView(2, { view: 1, viewChanges: changes, prePrepares: [pre.frame] }))
  bench.peer(4).crash()
  bench.peer(4).start()
  bench.peer(4).deliver(craft.propose(2, craft.batch('another'), { view: 1 }))
  expect(framesOf(bench, KIND.prepare)).toEqual([])
  bench.peer(4).deliver(craft.content(3, lost))
  expect(framesOf(bench, KIND.prepare)).toHaveLength(1)
})

it('resends, byte for byte, what was said of batches that are not decided (C96)', () => {
  const bench = createBench()
  const craft = createCraft(bench)
  bench.start(4)
  const batch = craft.batch('undecided')
  bench.peer(4).deliver(craft.propose(1, batch))
  for (const peer of [2, 3])
    bench.peer(4).deliver(craft.vote(peer, KIND.prepare, { seq: 1, digest: batch.digest }).frame)
  const before = [framesOf(bench, KIND.prepare), framesOf(bench, KIND.commit)]
  expect(before.map(frames => frames.length)).toEqual([1, 1])
  bench.peer(4).crash()
  bench.peer(4).start()
  expect(new Set(framesOf(bench, KIND.prepare))).toEqual(new Set(before[0]))
  expect(new Set(framesOf(bench, KIND.commit))).toEqual(new Set(before[1]))
  expect(framesOf(bench, KIND.commit)).toHaveLength(2)
})

it('a primary that restarts repeats its PRE-PREPARE and signs no other for the place (C94)', () => {
  const bench = createBench()
  bench.start(1)
  submit(bench.peer(1), 'first')
  bench.peer(1).crash()
  bench.peer(1).start()
  submit(bench.peer(1), 'second')
  bench.advance(1_000)
  expect(framesOf(bench, KIND.propose).length).toBeGreaterThan(1)
  expect(conflicts(bench)).toEqual([])
})

it('asks for the view that it had asked for, with the same bytes (C96)', () => {
  const bench = createBench()
  const craft = createCraft(bench)
  bench.start(4)
  for (const peer of [2, 3]) bench.peer(4).deliver(craft.viewChange(peer, { view: 3 }))
  const [asked] = framesOf(bench, KIND.viewChange)
  bench.peer(4).crash()
  bench.peer(4).start()
  expect(new Set(framesOf(bench, KIND.viewChange))).toEqual(new Set([asked]))
  expect(describeOf(bench.peer(4))).toMatchObject({ view: 3 })
})

it('votes in no view below the one that it had left (C74)', () => {
  const bench = createBench()
  const craft = createCraft(bench)
  bench.start(4)
  for (const peer of [2, 3]) bench.peer(4).deliver(craft.viewChange(peer, { view: 1 }))
  bench.peer(4).crash()
  bench.peer(4).start()
  bench.peer(4).deliver(craft.propose(1, craft.batch('late')))
  expect(framesOf(bench, KIND.prepare)).toEqual([])
})

it('own submissions survive, and are ordered after the restart', () => {
  const bench = createBench()
  bench.start(2)
  submit(bench.peer(2), 'kept')
  bench.peer(2).crash()
  bench.start()
  bench.advance(3_000)
  expect(bench.peers.map(heightOf)).toEqual([1, 1, 1, 1])
  expect(bench.peer(2).store.range('pool/own')).toEqual([])
})

it('no node says two things, whoever crashes when', () => {
  for (let victim = 1; victim <= 4; victim++) {
    const bench = createBench()
    bench.start()
    for (let round = 0; round < 6; round++) {
      submit(bench.peer(((victim + round) % 4) + 1), `round ${round}`)
      if (round === 3) bench.peer(victim).crash()
      bench.advance(1)
      if (round === 3) bench.peer(victim).start()
    }
    bench.advance(20_000)
    expect(bench.peers.map(heightOf)).toEqual(Array(4).fill(heightOf(bench.peer(1))))
    expect(conflicts(bench)).toEqual([])
  }
})
