import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { simulationPlugins } from '../../src/cluster/plugins.ts'
import { runOne } from '../../src/cli/run-one.ts'
import { SCENARIOS } from '../../src/scenarios/registry.ts'

const run = (scenario: string, seed: number) => {
  const lines: string[] = []
  const result = runOne(seed, {
    scenario,
    plugins: simulationPlugins(),
    listener: line => lines.push(line)
  })
  return { result, lines }
}

describe('a seed decides everything', () => {
  it.each(SCENARIOS.map(({ name }) => name))('in %s: the same run twice, another with another seed', name => {
    const [once, again, other] = [run(name, 6), run(name, 6), run(name, 7)]
    expect(again).toEqual(once)
    expect(once.lines.length).toBeGreaterThan(10)
    expect(other.result.fingerprint).not.toBe(once.result.fingerprint)
  })

  it('also in another process', () => {
    const script = join(import.meta.dirname, '../support/print-fingerprints.ts')
    const { stdout, stderr } = spawnSync(
      process.execPath,
      ['--conditions=source', '--disable-warning=ExperimentalWarning', script],
      {
        encoding: 'utf8'
      }
    )
    const here = SCENARIOS.map(({ name }) => `${name} ${run(name, 6).result.fingerprint}`)
    expect(stderr).toBe('')
    expect(stdout.trim().split('\n')).toEqual(here)
  })
})
