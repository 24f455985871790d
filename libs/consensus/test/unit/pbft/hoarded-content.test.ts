import { describe, expect, it } from 'vitest'
import { KIND } from '../../../src/pbft/messages.ts'
import { createBench, describeOf, submit } from '../../support/bench.ts'
import { createCraft } from '../../support/craft.ts'

/** Peers 2 and 3 ask for view 1, whose primary is peer 2. Peer 4 has asked, too, with a batch that nobody else has seen. */
const hoarded = () => {
  const bench = createBench()
  const craft = createCraft(bench)
  const batch = craft.batch('prepared at peer 4 alone')
  bench.start(2, 3)
  submit(bench.peer(2), 'waits')
  const change = craft.viewChange(4, { view: 1, prepared: [craft.prepared(batch, 0, [2, 3])] })
  for (const peer of [2, 3]) bench.peer(peer).deliver(change)
  bench.advance(2_500)
  return { bench, craft, batch }
}

const asked = (bench: ReturnType<typeof createBench>) =>
  bench.said.filter(({ from, envelope }) => from === 'peer-2' && envelope.kind === KIND.fetchContent)

describe('a batch whose content only one peer holds', () => {
  it('is asked for before the view that it belongs to is announced (C81)', () => {
    const { bench, craft, batch } = hoarded()
    expect(describeOf(bench.peer(2))).toMatchObject({ view: 1, active: false })
    expect(asked(bench).length).toBeGreaterThan(0)
    bench.peer(2).deliver(craft.content(4, batch))
    expect(describeOf(bench.peer(2))).toMatchObject({ view: 1, active: true })
  })

  it('holds nobody up when it is kept back: there is a quorum without it (C81)', () => {
    const { bench, craft } = hoarded()
    bench.peer(2).deliver(craft.viewChange(1, { view: 1 }))
    bench.run()
    expect(describeOf(bench.peer(2))).toMatchObject({ view: 1, active: true })
    expect(describeOf(bench.peer(3))).toMatchObject({ view: 1, active: true })
  })

  it('holds nobody up either when it is decided there alone', () => {
    const bench = createBench()
    const craft = createCraft(bench)
    bench.start(2, 3)
    submit(bench.peer(2), 'waits')
    const base = craft.certificate(craft.batch('decided at peer 4 alone'), 0, [1, 3, 4])
    for (const peer of [2, 3]) bench.peer(peer).deliver(craft.viewChange(4, { view: 1, base }))
    bench.advance(2_500)
    expect(describeOf(bench.peer(2))).toMatchObject({ view: 1, active: false })
    bench.peer(2).deliver(craft.viewChange(1, { view: 1 }))
    expect(describeOf(bench.peer(2))).toMatchObject({ view: 1, active: true })
  })

  it('is not asked for in every step', () => {
    const { bench } = hoarded()
    const before = asked(bench).length
    for (let i = 0; i < 20; i++) submit(bench.peer(2), `more ${i}`)
    expect(asked(bench)).toHaveLength(before)
  })
})
