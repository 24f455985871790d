import { createPrng } from '@quorate/core'
import { auction } from './auction.ts'
import { byzantine } from './byzantine.ts'
import { consensus } from './consensus.ts'
import { crashPoints } from './crash-points.ts'
import type { Scenario } from './scenario.ts'

export const SCENARIOS: readonly Scenario[] = [consensus, byzantine, auction, crashPoints]

/** The mix: each seed falls to one scenario, always the same. */
export const ALL = 'all'

const MIX: readonly Scenario[] = [
  ...Array.from({ length: 4 }, () => consensus),
  ...Array.from({ length: 3 }, () => byzantine),
  ...Array.from({ length: 2 }, () => auction),
  crashPoints
]

export const SCENARIO_NAMES: readonly string[] = [ALL, ...SCENARIOS.map(({ name }) => name)]

/** The scenario of that name for a seed; undefined when there is none. */
export const scenarioFor = (name: string, seed: number): Scenario | undefined =>
  name === ALL ? createPrng(seed).pick(MIX) : SCENARIOS.find(scenario => scenario.name === name)
