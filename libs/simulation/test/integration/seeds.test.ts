import { describe, expect, it } from 'vitest'
import { simulationPlugins } from '../../src/cluster/plugins.ts'
import { runSeed } from '../../src/run/run-seed.ts'
import { auction } from '../../src/scenarios/auction.ts'
import { byzantine } from '../../src/scenarios/byzantine.ts'
import { consensus } from '../../src/scenarios/consensus.ts'
import { crashPoints } from '../../src/scenarios/crash-points.ts'
import { ALL, SCENARIO_NAMES, scenarioFor } from '../../src/scenarios/registry.ts'
import type { Scenario } from '../../src/scenarios/scenario.ts'

const plugins = simulationPlugins()

const range = (from: number, count: number, step = 1): number[] =>
  Array.from({ length: count }, (_, i) => from + i * step)

describe.each<[Scenario, readonly number[]]>([
  [consensus, range(1, 20)],
  [byzantine, range(1, 20)],
  [auction, range(1, 10)],
  // Every 43rd boundary, each node in turn; then some of the later rounds.
  [crashPoints, [...range(1, 24, 43), ...range(1_025, 8, 131), ...range(3_000, 8, 17)]]
])('$name', (scenario, seeds) => {
  it(`breaks no promise in ${seeds.length} fixed seeds, and decides something in most`, () => {
    const results = seeds.map(seed => runSeed({ scenario, seed, plugins }))
    expect(results.flatMap(({ seed, violations }) => violations.map(v => ({ seed, ...v })))).toEqual([])
    expect(results.filter(({ batches }) => batches > 0).length).toBeGreaterThan(seeds.length * 0.8)
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
