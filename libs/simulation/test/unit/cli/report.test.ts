import { describe, expect, it } from 'vitest'
import { createProgress } from '../../../src/cli/progress.ts'
import { describeFailure, describeTotals } from '../../../src/cli/report.ts'
import type { RunResult, Violation } from '../../../src/run/result.ts'

const result = (violations: readonly Violation[]): RunResult => ({
  scenario: 'consensus',
  seed: 42,
  violations,
  steps: 1,
  batches: 1,
  messages: 1,
  virtualMs: 1,
  fingerprint: '',
  tail: ['one', 'two']
})

const broken = (count: number): Violation[] =>
  Array.from({ length: count }, (_, i) => ({ invariant: 'agreement', detail: `detail ${i}`, atMs: 7 }))

describe('the report of a failing seed', () => {
  it('names the promise, the time and what came before, and ends with the replay command', () => {
    expect(describeFailure(result(broken(1))).split('\n')).toEqual([
      'seed 42 of consensus broke a promise:',
      '  agreement, at 7 ms: detail 0',
      '  the last lines of the transcript:',
      '  | one',
      '  | two',
      '  replay: npm run sim -- --from 42 --seeds 1 --scenario consensus --verbose',
      ''
    ])
  })

  it('leaves out what would only be repetition', () => {
    const text = describeFailure(result(broken(9)))
    expect(text).toContain('detail 4')
    expect(text).not.toContain('detail 5')
    expect(text).toContain('and 4 more')
  })
})

it('the last line of the report is the one that others look for', () => {
  const totals = { seeds: 3, failed: 1, batches: 10, messages: 100, elapsedMs: 1_500 }
  expect(describeTotals(totals)).toBe('10 batches, 100 messages in 1.5 s\nseeds: 3, violations: 1\n')
})

describe('progress', () => {
  const terminal = (isTTY: boolean) => {
    const written: string[] = []
    const write = (text: string | Uint8Array): boolean => written.push(String(text)) > 0
    return { written, stream: { isTTY, write } as never }
  }

  it('is shown on a terminal, on one line', () => {
    const { written, stream } = terminal(true)
    const progress = createProgress(10, stream)
    progress.update(5, 1)
    progress.clear()
    expect(written[0]).toMatch(/^\r\S*5 of 10 seeds, 1 with violations, \d+ s left$/)
    expect(written.join('')).not.toContain('\n')
  })

  it('is silent elsewhere', () => {
    const { written, stream } = terminal(false)
    createProgress(10, stream).update(5, 0)
    expect(written).toEqual([])
  })
})
