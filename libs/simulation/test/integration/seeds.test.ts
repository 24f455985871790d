import { describe, expect, it } from 'vitest'
import { simulationPlugins } from '../../src/cluster/plugins.ts'
import { runSeed } from '../../src/run/run-seed.ts'
import { auction } from '../../src/scenarios/auction.ts'
import { byzantine } from '../../src/scenarios/byzantine.ts'
import { consensus } from '../../src/scenarios/consensus.ts'
import { POINTS, crashPoints } from '../../src/scenarios/crash-points.ts'
import { ALL, SCENARIO_NAMES, scenarioFor } from '../../src/scenarios/registry.ts'
import type { Scenario } from '../../src/scenarios/scenario.ts'

const plugins = simulationPlugins()

const range = (from: number, count: number, step = 1): number[] =>
  Array.from({ length: count }, (_, i) => from + i * step)

describe.each<[Scenario, readonly number[]]>([
  [consensus, range(1, 12)],
  [byzantine, range(1, 12)],
  [auction, range(1, 6)],
  // Every 63rd boundary, each node in turn; then some of the later rounds.
  [crashPoints, [...range(1, 16, 63), ...range(1_025, 6, 131), ...range(3_000, 6, 17)]]
])('$name', (scenario, seeds) => {
  it(`breaks no promise in ${seeds.length} fixed seeds, and decides something in most`, () => {
    const results = seeds.map(seed => runSeed({ scenario, seed, plugins }))
    expect(results.flatMap(({ seed, violations }) => violations.map(v => ({ seed, ...v })))).toEqual([])
    expect(results.filter(({ batches }) => batches > 0).length).toBeGreaterThan(seeds.length * 0.8)
  })
})

describe('crash-points', () => {
  const crashes = (seed: number): string[] => {
    const lines: string[] = []
    runSeed({ scenario: crashPoints, seed, plugins, listener: line => lines.push(line) })
    return lines.filter(line => line.includes('crashes after'))
  }

  it('begins at the first effect of each node and ends past the last one, so that none is left out', () => {
    for (const seed of [1, 2, 3, 4])
      expect(crashes(seed)).toEqual([expect.stringContaining(`peer-${seed} crashes after 1 port calls`)])
    for (const seed of range(POINTS - 3, 4)) expect(crashes(seed)).toEqual([])
  })

  it('crashes a second time, in the middle of the recovery, in later rounds', () => {
    expect(crashes(2 * POINTS + 101)).toHaveLength(2)
  })
})

describe('the mix', () => {
  it('has all scenarios in it, and gives a seed the same one each time', () => {
    const names = range(1, 100).map(seed => scenarioFor(ALL, seed)?.name)
    expect(new Set(names)).toEqual(new Set(SCENARIO_NAMES.filter(name => name !== ALL)))
    expect(range(1, 100).map(seed => scenarioFor(ALL, seed)?.name)).toEqual(names)
  })

  it('has no scenario of another name', () => {
    expect(scenarioFor('chess', 1)).toBeUndefined()
  })
})
