import type { RunResult } from '../run/result.ts'

/** Violations of one run that are shown; what follows the first is mostly its consequence. */
const SHOWN_MAX = 5
const TAIL_SHOWN = 20

/** How to see the run again, line by line. */
export const replayCommand = ({ seed, scenario }: Pick<RunResult, 'seed' | 'scenario'>): string =>
  `npm run sim -- --from ${seed} --seeds 1 --scenario ${scenario} --verbose`

/** A failing run, for people: which promise, when, what came before it, and how to see it again. */
export const describeFailure = (result: RunResult): string => {
  const { violations, tail } = result
  const more = violations.length - SHOWN_MAX
  return [
    `seed ${result.seed} of ${result.scenario} broke ${violations.length === 1 ? 'a promise' : 'promises'}:`,
    ...violations
      .slice(0, SHOWN_MAX)
      .map(({ atMs, invariant, detail }) => `  ${invariant}, at ${atMs} ms: ${detail}`),
    ...(more > 0 ? [`  and ${more} more`] : []),
    '  the last lines of the transcript:',
    ...tail.slice(-TAIL_SHOWN).map(line => `  | ${line}`),
    `  replay: ${replayCommand(result)}`,
    ''
  ].join('\n')
}

export interface Totals {
  readonly seeds: number
  readonly failed: number
  readonly batches: number
  readonly messages: number
  readonly elapsedMs: number
}

/** What was done, and the line that others look for. */
export const describeTotals = ({ seeds, failed, batches, messages, elapsedMs }: Totals): string =>
  `${batches} batches, ${messages} messages in ${(elapsedMs / 1000).toFixed(1)} s\n` +
  `seeds: ${seeds}, violations: ${failed}\n`
