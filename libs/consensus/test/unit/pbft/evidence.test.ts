import { describe, expect, it } from 'vitest'
import { EVIDENCE_KIND, conflictOf, decodeCbor, evidenceShape } from '@quorate/core'
import { decodeSubmission } from '@quorate/core'
import { KIND } from '../../../src/pbft/messages.ts'
import { createBench, describeOf, heightOf, submit, type Bench } from '../../support/bench.ts'
import { createCraft } from '../../support/craft.ts'

/** Who is convicted, and of what, by the evidence that a peer has submitted. */
const accused = (bench: Bench, peer: number): string[] => {
  const { store, signing } = bench.peer(peer)
  return store.range('pool/own').flatMap(({ value }) => {
    const opened = signing.open(value)
    const entries = opened.ok ? (decodeSubmission(opened.envelope)?.entries ?? []) : []
    return entries.flatMap(({ kind, body }) => {
      const pair = kind === EVIDENCE_KIND ? evidenceShape.decode(decodeCbor(body) ?? null) : undefined
      const [first, second] = pair ? [signing.open(pair.first), signing.open(pair.second)] : []
      const conflict = first?.ok && second?.ok ? conflictOf(first.envelope, second.envelope) : undefined
      return conflict ? [`${conflict.peerId} ${conflict.type}`] : []
    })
  })
}

const lone = () => {
  const bench = createBench()
  bench.start(4)
  return { bench, craft: createCraft(bench), peer: bench.peer(4) }
}

describe('evidence', () => {
  it('convicts a primary of two PRE-PREPAREs for one place (C45)', () => {
    const { bench, craft, peer } = lone()
    peer.deliver(craft.propose(1, craft.batch('one')))
    peer.deliver(craft.propose(1, craft.batch('two')))
    expect(accused(bench, 4)).toEqual([`peer-1 ${KIND.prePrepare}`])
    expect(describeOf(peer)).toMatchObject({ contents: 1 })
  })

  it.each([KIND.prepare, KIND.commit])('convicts a backup of two %s for one place (C45)', kind => {
    const { bench, craft, peer } = lone()
    for (const statement of ['one', 'two']) {
      const { digest } = craft.batch(statement)
      peer.deliver(craft.vote(2, kind, { seq: 1, digest }).frame)
    }
    expect(accused(bench, 4)).toEqual([`peer-2 ${kind}`])
  })

  it('convicts of two CHECKPOINTs (C45)', () => {
    const { bench, craft, peer } = lone()
    for (const statement of ['one', 'two']) {
      const { digest } = craft.batch(statement)
      peer.deliver(craft.vote(2, KIND.checkpoint, { seq: 64, digest }).frame)
    }
    expect(accused(bench, 4)).toEqual([`peer-2 ${KIND.checkpoint}`])
  })

  it('ignores a CHECKPOINT of a view, which could not convict (C100)', () => {
    const { bench, craft, peer } = lone()
    const { digest } = craft.batch('state')
    for (const voter of [1, 2, 3])
      peer.deliver(craft.vote(voter, KIND.checkpoint, { seq: 64, digest, view: 1 }).frame)
    expect(describeOf(bench.peer(4))).toMatchObject({ stable: 0 })
  })

  it.each([KIND.prepare, KIND.commit])(
    'convicts of a second %s that comes after the decision (C45)',
    kind => {
      const bench = createBench()
      const craft = createCraft(bench)
      bench.start()
      submit(bench.peer(2), 'decided')
      bench.run()
      expect(heightOf(bench.peer(4))).toBe(1)
      bench.drop = () => true
      bench.peer(4).deliver(craft.vote(3, kind, { seq: 1, digest: craft.batch('other').digest }).frame)
      expect(accused(bench, 4)).toEqual([`peer-3 ${kind}`])
    }
  )

  it('convicts of a second PRE-PREPARE that comes after the decision (C45)', () => {
    const bench = createBench()
    const craft = createCraft(bench)
    bench.start()
    submit(bench.peer(2), 'decided')
    bench.run()
    bench.drop = () => true
    bench.peer(4).deliver(craft.propose(1, craft.batch('other')))
    expect(accused(bench, 4)).toEqual([`peer-1 ${KIND.prePrepare}`])
  })

  it('lets another value in another view pass (C45)', () => {
    const { bench, craft, peer } = lone()
    peer.deliver(craft.vote(2, KIND.prepare, { seq: 1, digest: craft.batch('one').digest }).frame)
    const viewChanges = [1, 2, 3].map(other => craft.viewChange(other, { view: 1 }))
    peer.deliver(craft.newView(2, { view: 1, viewChanges }))
    peer.deliver(craft.vote(3, KIND.prepare, { view: 1, seq: 1, digest: craft.batch('two').digest }).frame)
    expect(accused(bench, 4)).toEqual([])
  })

  it('is submitted once, however often the two are shown', () => {
    const { bench, craft, peer } = lone()
    const votes = ['one', 'two'].map(statement =>
      craft.vote(2, KIND.prepare, { seq: 1, digest: craft.batch(statement).digest })
    )
    for (let i = 0; i < 10; i++) for (const { frame } of votes) peer.deliver(frame)
    expect(accused(bench, 4)).toHaveLength(1)
  })
})
