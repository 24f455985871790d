import { simulationPlugins } from '../cluster/plugins.ts'
import type { RunResult } from '../run/result.ts'
import type { Options } from './options.ts'
import { createProgress } from './progress.ts'
import { describeFailure, describeTotals, type Totals } from './report.ts'
import { runOne } from './run-one.ts'
import { runOnThreads } from './thread-pool.ts'

/** Where the simulation tells what it finds. */
export interface Output {
  readonly out: (text: string) => void
  readonly terminal: Pick<NodeJS.WriteStream, 'isTTY' | 'write'>
}

/** Runs the seeds and reports; gives the totals. Ends early when the signal aborts. */
export const simulate = async (options: Options, output: Output, signal: AbortSignal): Promise<Totals> => {
  const begun = performance.now()
  const progress = createProgress(options.seeds, output.terminal)
  const totals = { seeds: 0, failed: 0, batches: 0, messages: 0 }

  const onResult = (result: RunResult): void => {
    if (signal.aborted) return
    totals.seeds += 1
    totals.batches += result.batches
    totals.messages += result.messages
    if (result.violations.length > 0) {
      totals.failed += 1
      progress.clear()
      output.out(describeFailure(result))
    }
    progress.update(totals.seeds, totals.failed)
  }

  if (options.verbose) await runHere(options, { output, onResult, signal })
  else await runOnThreads(options, onResult, signal)
  progress.clear()
  const all = { ...totals, elapsedMs: performance.now() - begun }
  output.out(describeTotals(all))
  return all
}

interface Here {
  readonly output: Output
  readonly signal: AbortSignal
  readonly onResult: (result: RunResult) => void
}

/** On this thread, with the transcript. */
const runHere = async (
  { seeds, from, scenario, messages }: Options,
  { output, onResult, signal }: Here
): Promise<void> => {
  const plugins = simulationPlugins()
  for (let seed = from; seed < from + seeds && !signal.aborted; seed++) {
    output.out(`seed ${seed}\n`)
    onResult(runOne(seed, { scenario, plugins, messages, listener: line => output.out(`${line}\n`) }))
    // Lets a signal in.
    await new Promise(setImmediate)
  }
}
