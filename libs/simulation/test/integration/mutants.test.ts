import { describe, expect, it } from 'vitest'
import { simulationPlugins } from '../../src/cluster/plugins.ts'
import { describeFailure } from '../../src/cli/report.ts'
import { runSeed } from '../../src/run/run-seed.ts'
import type { RunResult } from '../../src/run/result.ts'
import { mutantPlugins } from '../support/mutant.ts'
import { KNOWN_BUGS, type KnownBug } from '../support/mutants.ts'

/** The first run that breaks a promise. */
const find = ({ mutant, scenario, seeds, createDisk }: KnownBug): RunResult => {
  const plugins = mutantPlugins(mutant)
  for (let seed = 1; seed <= seeds; seed++) {
    const result = runSeed({ scenario, seed, plugins, ...(createDisk ? { createDisk } : {}) })
    if (result.violations.length > 0) return result
  }
  return expect.fail(`not found in ${seeds} seeds`)
}

describe('a known bug is found', () => {
  it.each(KNOWN_BUGS.map(bug => [bug.name, bug] as const))('%s', (_, bug) => {
    const result = find(bug)
    expect(bug.breaks).toContain(result.violations[0]?.invariant)
  })

  it.each(
    KNOWN_BUGS.filter(({ scenario }) => scenario.name === 'directed').map(bug => [bug.name, bug] as const)
  )('and only with the bug: the schedule alone does no harm (%s)', (_, { scenario }) => {
    const result = runSeed({ scenario, seed: 1, plugins: simulationPlugins() })
    expect(result.violations).toEqual([])
    expect(result.batches).toBeGreaterThan(0)
  })

  it('and shown with the promise, the time, the last lines of the transcript and the command that replays it', () => {
    const [bug] = KNOWN_BUGS
    const result = find(bug as KnownBug)
    const [violation] = result.violations
    const text = describeFailure(result)
    expect(text).toContain(`${violation?.invariant}, at ${violation?.atMs} ms: ${violation?.detail}`)
    expect(text).toContain(`| ${result.tail.at(-1)}`)
    expect(text).toContain(`npm run sim -- --from ${result.seed} --seeds 1 --scenario consensus --verbose`)
  })
})
