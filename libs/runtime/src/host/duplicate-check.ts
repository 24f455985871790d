import type { Plugin, Provided } from '@quorate/contracts'
import type { PluginProblem } from './plugin-problem.ts'

export const describe = ({ token, name }: Provided): string => `${token} "${name}"`

/** Pairs of plugins, earlier and later, whose `keyOf` says that only one of them can be. */
const clashes = <T>(
  items: readonly T[],
  keyOf: (item: T) => string
): readonly { readonly first: T; readonly second: T }[] => {
  const seen = new Map<string, T>()
  return items.flatMap(second => {
    const first = seen.get(keyOf(second))
    if (first === undefined) seen.set(keyOf(second), second)
    return first === undefined ? [] : [{ first, second }]
  })
}

const duplicateNames = (plugins: readonly Plugin[]): readonly PluginProblem[] =>
  clashes(plugins, plugin => plugin.name).map(({ first, second }) => ({
    plugin: second.name,
    message: `is listed twice (versions ${first.version} and ${second.version})`,
    suggestions: [`List "${second.name}" once in the configuration.`]
  }))

const duplicateProviders = (plugins: readonly Plugin[]): readonly PluginProblem[] => {
  const provided = plugins.flatMap(plugin => plugin.provides.map(item => ({ plugin: plugin.name, item })))
  return clashes(provided, ({ item }) => JSON.stringify([item.token, item.name])).map(
    ({ first, second }) => ({
      plugin: second.plugin,
      message: `provides ${describe(second.item)}, which ${first.plugin === second.plugin ? 'it lists already' : `plugin "${first.plugin}" provides too`}`,
      suggestions: [
        first.plugin === second.plugin
          ? `List ${describe(second.item)} once in \`provides\` of "${second.plugin}".`
          : `Remove "${first.plugin}" or "${second.plugin}" from the configuration, or give one of the two another name.`
      ]
    })
  )
}

/** Plugins listed twice, and things provided twice: a container alone would let the last one win without a word. */
export const checkDuplicates = (plugins: readonly Plugin[]): readonly PluginProblem[] => {
  const names = duplicateNames(plugins)
  return names.length > 0 ? names : duplicateProviders(plugins)
}
