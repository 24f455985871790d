import { describe, expect, it } from 'vitest'
import { bounds, pbftBounds } from '../../../src/checkers/bounds.ts'
import { fewViews } from '../../../src/checkers/few-views.ts'
import type { Member } from '../../../src/cluster/member.ts'
import { run, busy } from '../../support/directed.ts'
import { createBench } from '../../support/bench.ts'

const member = (described: object | undefined, honest = true): Member =>
  ({
    peerId: 'peer-1',
    honest,
    running: described && { consensus: { describe: () => described } }
  }) as unknown as Member

describe('bounds', () => {
  it('sees what grows past its bound, in honest nodes that run', () => {
    const bench = createBench(bounds({ slots: 2 }))
    bench.watch.looked([member({ slots: 2 }), member(undefined), member({ slots: 9 }, false)])
    expect(bench.violations).toEqual([])
    bench.watch.looked([member({ slots: 3 })])
    expect(bench.violations).toEqual(['bounds'])
  })

  it('sees when a count is not there to look at', () => {
    const bench = createBench(bounds({ slots: 2 }))
    bench.watch.looked([member({})])
    expect(bench.violations).toEqual(['bounds'])
  })

  it('are of things that the pbft machine describes', () => {
    const { cluster } = run({ script: busy })
    const described = cluster.members[0]?.running?.consensus.describe?.() ?? {}
    expect(Object.keys(described)).toEqual(
      expect.arrayContaining(Object.keys(pbftBounds({ window: 8, voters: 4 })))
    )
  })
})

describe('few-views', () => {
  const at = (view: number) => [member({ view })]

  it('sees a group that goes from view to view though nothing is wrong any more', () => {
    const bench = createBench(fewViews)
    bench.watch.healed(at(10))
    bench.watch.ended(at(22))
    expect(bench.violations).toEqual([])
    bench.watch.ended(at(23))
    expect(bench.violations).toEqual(['few-views'])
  })
})
