import { encodeCbor, sha256, utf8 } from '@quorate/core'
import { describe, expect, it } from 'vitest'
import { checkpoints } from '../../../src/checkers/checkpoints.ts'
import { onceSaid } from '../../../src/checkers/once-said.ts'
import { viewDiscipline } from '../../../src/checkers/view-discipline.ts'
import { watermarks } from '../../../src/checkers/watermarks.ts'
import { createBench, put } from '../../support/bench.ts'

const [A, B] = [sha256(utf8('a')), sha256(utf8('b'))]
const place = { view: 0, seq: 1 }

describe('no-honest-equivocation', () => {
  it.each(['pbft/prepare', 'pbft/commit', 'pbft/checkpoint'])('sees two %s for one place', kind => {
    const bench = createBench(onceSaid)
    bench.said('peer-1', bench.vote('peer-1', kind, { ...place, digest: A }))
    bench.said('peer-1', bench.vote('peer-1', kind, { ...place, digest: A }))
    bench.said('peer-2', bench.vote('peer-2', kind, { ...place, digest: B }))
    bench.said('peer-1', bench.vote('peer-1', kind, { ...place, view: 1, digest: B }))
    expect(bench.violations).toEqual([])
    bench.said('peer-1', bench.vote('peer-1', kind, { ...place, digest: B }))
    expect(bench.violations).toEqual(['no-honest-equivocation'])
  })

  it('sees two PRE-PREPAREs inside of what carries them', () => {
    const bench = createBench(onceSaid)
    const pre = (digest: string) =>
      bench.vote('peer-1', 'pbft/pre-prepare', { view: 1, seq: 1, digest }).frame
    bench.said('peer-1', bench.sign('peer-1', 'pbft/propose', [pre(A), encodeCbor('header'), []]))
    bench.said('peer-1', bench.sign('peer-1', 'pbft/new-view', [0, encodeCbor('set'), 1, [], [pre(B)]]))
    expect(bench.violations).toEqual(['no-honest-equivocation'])
  })

  it.each([
    ['ballot', [encodeCbor('proposal'), 0, 'accept'], [encodeCbor('proposal'), 0, 'reject']],
    ['submission', [7, ['this']], [7, ['that']]],
    ['pbft/view-change', [0, 'set', 3, null, []], [0, 'set', 3, null, ['prepared']]],
    ['pbft/new-view', [0, 'set', 3, ['a'], []], [0, 'set', 3, ['b'], []]]
  ])('sees two %s', (kind, one, other) => {
    const bench = createBench(onceSaid)
    bench.said('peer-1', bench.sign('peer-1', kind, one))
    bench.said('peer-1', bench.sign('peer-1', kind, one))
    expect(bench.violations).toEqual([])
    bench.said('peer-1', bench.sign('peer-1', kind, other))
    expect(bench.violations).toEqual(['no-honest-equivocation'])
  })

  it('holds nobody to what others have signed', () => {
    const bench = createBench(onceSaid)
    for (const digest of [A, B])
      bench.said('peer-2', bench.vote('peer-1', 'pbft/commit', { ...place, digest }))
    expect(bench.violations).toEqual([])
  })
})

describe('view-discipline', () => {
  it('sees a vote in a view that its author has left', () => {
    const bench = createBench(viewDiscipline)
    bench.said('peer-1', bench.sign('peer-1', 'pbft/view-change', [0, 'set', 2, null, []]))
    bench.said('peer-1', bench.vote('peer-1', 'pbft/commit', { view: 2, seq: 1, digest: A }))
    bench.said('peer-2', bench.vote('peer-2', 'pbft/commit', { view: 1, seq: 1, digest: A }))
    expect(bench.violations).toEqual([])
    bench.said('peer-1', bench.vote('peer-1', 'pbft/prepare', { view: 1, seq: 1, digest: A }))
    expect(bench.violations).toEqual(['view-discipline'])
  })
})

describe('checkpoint-agreement', () => {
  it('sees two states at one checkpoint', () => {
    const bench = createBench(checkpoints)
    bench.said('peer-1', bench.vote('peer-1', 'pbft/checkpoint', { view: 0, seq: 8, digest: A }))
    bench.said('peer-2', bench.vote('peer-2', 'pbft/checkpoint', { view: 0, seq: 8, digest: A }))
    bench.said('peer-2', bench.vote('peer-2', 'pbft/checkpoint', { view: 0, seq: 16, digest: B }))
    expect(bench.violations).toEqual([])
    bench.said('peer-3', bench.vote('peer-3', 'pbft/checkpoint', { view: 0, seq: 8, digest: B }))
    expect(bench.violations).toEqual(['checkpoint-agreement'])
  })
})

describe('watermark', () => {
  it('sees a vote past the high watermark, which moves with the stable checkpoint', () => {
    const bench = createBench(watermarks(8))
    const commit = (seq: number) =>
      bench.said('peer-1', bench.vote('peer-1', 'pbft/commit', { view: 0, seq, digest: A }))
    commit(16)
    expect(bench.violations).toEqual([])
    commit(17)
    expect(bench.violations).toEqual(['watermark'])
    bench.watch.committed('peer-1', [put('pbft/meta', 'stable', [8])])
    commit(24)
    expect(bench.violations).toEqual(['watermark'])
  })

  it('lets a vote pass that a NEW-VIEW asks for, in its view', () => {
    const bench = createBench(watermarks(8))
    const pre = bench.vote('peer-2', 'pbft/pre-prepare', { view: 1, seq: 17, digest: A })
    const newView = bench.sign('peer-2', 'pbft/new-view', [0, 'set', 1, [], [pre.frame]])
    bench.watch.committed('peer-1', [
      { type: 'put', space: 'pbft/meta', key: 'new-view', value: newView.frame }
    ])
    bench.said('peer-1', bench.vote('peer-1', 'pbft/commit', { view: 1, seq: 17, digest: A }))
    expect(bench.violations).toEqual([])
    bench.said('peer-1', bench.vote('peer-1', 'pbft/commit', { view: 2, seq: 17, digest: A }))
    expect(bench.violations).toEqual(['watermark'])
  })
})
