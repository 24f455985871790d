import type { Plugin } from '@quorate/contracts'
import { runStep, type StepBounds } from './bounded-step.ts'
import { pluginError, refuse, type PluginProblem } from './plugin-problem.ts'

/** Starts plugins in order and stops them in reverse. */
export interface Lifecycle {
  /**
   * Starts one after the other. When one fails, all whose start was called are stopped again, that one included.
   * A second call gives the first one's outcome. Errors: QRT_PLUGIN, also after `stop`.
   */
  start(): Promise<void>
  /**
   * Stops all that were started, last first, and goes on after a failure. Waits for a start under way.
   * A second call gives the first one's outcome. Errors: QRT_PLUGIN, telling every failure.
   */
  stop(): Promise<void>
}

const SUGGESTION = 'Make a new host to start plugins again.'

export const createLifecycle = (plugins: readonly Plugin[], bounds: StepBounds): Lifecycle => {
  const begun: Plugin[] = []
  let starting: Promise<void> | undefined
  let stopping: Promise<void> | undefined

  const stopBegun = async (): Promise<readonly PluginProblem[]> => {
    const problems: PluginProblem[] = []
    for (let plugin = begun.pop(); plugin !== undefined; plugin = begun.pop()) {
      const problem = await runStep(plugin, 'stop', bounds)
      if (problem !== undefined) problems.push(problem)
    }
    return problems
  }

  const startAll = async (): Promise<void> => {
    for (const plugin of plugins) {
      begun.push(plugin)
      const problem = await runStep(plugin, 'start', bounds)
      if (problem !== undefined) throw pluginError([problem, ...(await stopBegun())])
    }
  }

  const stopAll = async (): Promise<void> => {
    await starting?.catch(() => undefined)
    refuse(await stopBegun())
  }

  return {
    start: async () => {
      const plugin = plugins[0]?.name ?? 'none'
      if (stopping !== undefined)
        throw pluginError([{ plugin, message: 'the host has been stopped', suggestions: [SUGGESTION] }])
      await (starting ??= startAll())
    },
    stop: async () => {
      await (stopping ??= stopAll())
    }
  }
}
