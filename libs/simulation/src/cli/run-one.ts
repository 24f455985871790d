import { invariant } from '@quorate/core'
import type { Resolver } from '@quorate/runtime'
import type { RunResult } from '../run/result.ts'
import { runSeed } from '../run/run-seed.ts'
import { scenarioFor } from '../scenarios/registry.ts'

export interface RunOneInit {
  readonly scenario: string
  readonly plugins: Resolver
  readonly listener?: (line: string) => void
  readonly messages?: boolean
}

/** Runs a seed by names alone. A simulator that fails has found something, too: that is a violation like others. */
export const runOne = (seed: number, { scenario: name, ...init }: RunOneInit): RunResult => {
  const scenario = scenarioFor(name, seed)
  invariant(scenario, `there is no scenario ${name}`)
  try {
    return runSeed({ ...init, scenario, seed })
  } catch (error) {
    const detail = String((error as Error).stack ?? error)
    const nothing = { steps: 0, batches: 0, messages: 0, virtualMs: 0, fingerprint: '', tail: [] }
    const violation = { invariant: 'simulator', detail, atMs: 0 }
    return { ...nothing, seed, scenario: scenario.name, violations: [violation] }
  }
}
