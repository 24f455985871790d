import type { ConfigResult } from '@quorate/contracts'
import type { PluginEntry } from './plugin-entry.ts'
import { pluginError, reasonOf, refuse, type PluginProblem } from './plugin-problem.ts'

const fix = (name: string): string => `Correct the settings of "${name}" under plugins in the configuration.`

const parse = ({ plugin, config }: PluginEntry): ConfigResult<unknown> => {
  try {
    return plugin.configSchema.parse(config)
  } catch (cause) {
    const message = `its configSchema failed: ${reasonOf(cause)}`
    throw pluginError([{ plugin: plugin.name, message, suggestions: [fix(plugin.name)], cause }])
  }
}

const toProblem = (name: string, issues: readonly string[]): PluginProblem => ({
  plugin: name,
  message: `its configuration is not valid: ${issues.join(', ')}`,
  suggestions: [fix(name)]
})

/** The checked configuration of each plugin, by the plugin's name. Errors: QRT_PLUGIN, listing every issue of every plugin. */
export const checkConfigs = (entries: readonly PluginEntry[]): ReadonlyMap<string, unknown> => {
  const results = entries.map(entry => ({ name: entry.plugin.name, result: parse(entry) }))
  refuse(results.flatMap(({ name, result }) => (result.ok ? [] : [toProblem(name, result.issues)])))
  return new Map(results.flatMap(({ name, result }) => (result.ok ? [[name, result.value] as const] : [])))
}
