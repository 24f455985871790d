import type { Plugin, PluginManifest, Provided } from '@quorate/contracts'
import { describe } from './duplicate-check.ts'
import { nearestName } from './nearest-name.ts'
import { pluginError, type PluginProblem } from './plugin-problem.ts'

/** A manifest of a plugin that could be listed, for advice only. */
export type KnownPlugin = Pick<PluginManifest, 'name' | 'provides'>

const provides = ({ provides: list }: KnownPlugin, { token, name }: Provided): boolean =>
  list.some(item => item.token === token && item.name === name)

/** "pbft" of "@quorate/pbft", ... : what there is under a token. */
const alternatives = (plugins: readonly KnownPlugin[], token: string): string =>
  plugins
    .flatMap(plugin => plugin.provides.filter(item => item.token === token).map(item => ({ plugin, item })))
    .map(({ plugin, item }) => `"${item.name}" of "${plugin.name}"`)
    .join(', ')

const advice = (
  wanted: Provided,
  plugins: readonly KnownPlugin[],
  known: readonly KnownPlugin[]
): string[] => {
  const able = known.filter(plugin => provides(plugin, wanted)).map(plugin => `"${plugin.name}"`)
  const names = plugins.flatMap(plugin => plugin.provides.filter(item => item.token === wanted.token))
  const meant = nearestName(
    wanted.name,
    names.map(item => item.name)
  )
  return [
    able.length > 0
      ? `Add ${able.join(' or ')} to the plugins in the configuration: it provides ${describe(wanted)}.`
      : `Add a plugin that provides ${describe(wanted)} to the configuration.`,
    ...(meant === undefined ? [] : [`Did you mean "${meant}"?`])
  ]
}

/** Requirements that no listed plugin meets. `known` are plugins that could be listed. */
export const checkRequirements = (
  plugins: readonly Plugin[],
  known: readonly KnownPlugin[]
): readonly PluginProblem[] =>
  plugins.flatMap(plugin =>
    plugin.requires
      .filter(wanted => !plugins.some(candidate => provides(candidate, wanted)))
      .map(wanted => ({
        plugin: plugin.name,
        message: `requires ${describe(wanted)}, which no plugin provides (${wanted.token} has: ${alternatives(plugins, wanted.token) || 'nothing'})`,
        suggestions: advice(wanted, plugins, known)
      }))
  )

/** The plugins that a plugin needs, in the order of its requirements. */
const needsOf = (plugin: Plugin, plugins: readonly Plugin[]): readonly Plugin[] =>
  plugin.requires.flatMap(wanted => plugins.find(candidate => provides(candidate, wanted)) ?? [])

const cycleError = (path: readonly Plugin[], plugin: Plugin): Error => {
  const cycle = [...path.slice(path.indexOf(plugin)), plugin].map(member => member.name)
  const message = `its requirements go in a circle: ${cycle.join(' -> ')}`
  const suggestions = [
    'Remove one requirement of the circle, or move what both sides need to a plugin of its own.'
  ]
  return pluginError([{ plugin: plugin.name, message, suggestions }])
}

/**
 * Plugins in the order in which they are registered and started: requirements first, otherwise as listed.
 *
 * Bounds: one stack frame per link of the longest chain. Errors: QRT_PLUGIN, naming the circle.
 */
export const dependencyOrder = (plugins: readonly Plugin[]): readonly Plugin[] => {
  const ordered = new Set<Plugin>()
  const visit = (plugin: Plugin, path: readonly Plugin[]): void => {
    if (ordered.has(plugin)) return
    if (path.includes(plugin)) throw cycleError(path, plugin)
    for (const needed of needsOf(plugin, plugins)) visit(needed, [...path, plugin])
    ordered.add(plugin)
  }
  for (const plugin of plugins) visit(plugin, [])
  return [...ordered]
}
