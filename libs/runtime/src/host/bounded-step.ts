import type { Plugin } from '@quorate/contracts'
import { reasonOf, type PluginProblem } from './plugin-problem.ts'

/** Default bound on `start` and on `stop` of one plugin. */
export const PLUGIN_STEP_TIMEOUT_MS = 10_000

/** Calls back once after `delayMs`; returns a function that cancels. */
export type StepTimer = (delayMs: number, callback: () => void) => () => void

export const systemTimer: StepTimer = (delayMs, callback) => {
  const timer = setTimeout(callback, delayMs)
  return () => clearTimeout(timer)
}

export interface StepBounds {
  readonly timer: StepTimer
  readonly timeoutMs: number
}

export type StepName = 'start' | 'stop'

const failure = (plugin: Plugin, step: StepName, cause: unknown): PluginProblem => ({
  plugin: plugin.name,
  message: `failed to ${step}: ${reasonOf(cause)}`,
  suggestions: [`Report it to the authors of "${plugin.name}", or remove the plugin from the configuration.`],
  cause
})

const overdue = (plugin: Plugin, step: StepName, timeoutMs: number): PluginProblem => ({
  plugin: plugin.name,
  message: `did not ${step} within ${timeoutMs} ms`,
  suggestions: [`Look at what "${plugin.name}" waits for in \`${step}\`; it is given ${timeoutMs} ms.`]
})

const outcome = async (plugin: Plugin, step: StepName): Promise<PluginProblem | undefined> => {
  try {
    await plugin[step]?.()
    return undefined
  } catch (cause) {
    return failure(plugin, step, cause)
  }
}

/**
 * Runs one step of a plugin and says what went wrong, if anything; never rejects. A step that is overdue goes on by
 * itself and what becomes of it is ignored. Bounds: `timeoutMs`, as long as the plugin does not block the thread.
 */
export const runStep = async (
  plugin: Plugin,
  step: StepName,
  { timer, timeoutMs }: StepBounds
): Promise<PluginProblem | undefined> => {
  const timeout = Promise.withResolvers<PluginProblem>()
  const cancel = timer(timeoutMs, () => timeout.resolve(overdue(plugin, step, timeoutMs)))
  try {
    return await Promise.race([outcome(plugin, step), timeout.promise])
  } finally {
    cancel()
  }
}
