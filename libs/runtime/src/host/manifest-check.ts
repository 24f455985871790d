import type { Plugin } from '@quorate/contracts'
import type { PluginProblem } from './plugin-problem.ts'

const NAME = /^(@[a-z0-9][a-z0-9._-]*\/)?[a-z0-9][a-z0-9._-]*$/i
const VERSION = /^\d+\.\d+\.\d+([-+].+)?$/
const CONTRACT = /^(\d+)\.(\d+)$/
const WRITE_WITH_DEFINE_PLUGIN =
  'Declare it with `definePlugin` of @quorate/contracts, which types the manifest.'

const isRecord = (value: unknown): value is { readonly [key: string]: unknown } =>
  typeof value === 'object' && value !== null

const isText = (value: unknown): boolean => typeof value === 'string' && value !== ''

const isProvidedList = (value: unknown): boolean =>
  Array.isArray(value) && value.every(item => isRecord(item) && isText(item['token']) && isText(item['name']))

const isOptionalStep = (value: unknown): boolean => value === undefined || typeof value === 'function'

/** What each field must be; plugins come from JavaScript too, so nothing is taken from the types. */
const FIELDS: readonly (readonly [field: string, must: string, holds: (value: unknown) => boolean])[] = [
  ['name', 'be a package name', value => typeof value === 'string' && NAME.test(value)],
  ['version', 'be a version like 1.2.3', value => typeof value === 'string' && VERSION.test(value)],
  ['contractVersion', 'be a version like 1.0', value => typeof value === 'string' && CONTRACT.test(value)],
  ['provides', 'list { token, name } pairs', isProvidedList],
  ['requires', 'list { token, name } pairs', isProvidedList],
  ['configSchema', 'have a function parse', value => isRecord(value) && typeof value['parse'] === 'function'],
  ['register', 'be a function', value => typeof value === 'function'],
  ['start', 'be a function when present', isOptionalStep],
  ['stop', 'be a function when present', isOptionalStep]
]

const problem = (plugin: string, message: string, suggestion: string): PluginProblem => ({
  plugin,
  message,
  suggestions: [suggestion]
})

/** What is wrong with the form of a manifest. `position` names a plugin that has no name. */
export const checkForm = (plugin: unknown, position: number): readonly PluginProblem[] => {
  if (!isRecord(plugin)) return [problem(`#${position}`, 'is not an object', WRITE_WITH_DEFINE_PLUGIN)]
  const name = typeof plugin['name'] === 'string' ? plugin['name'] : `#${position}`
  return FIELDS.filter(([field, , holds]) => !holds(plugin[field])).map(([field, must]) =>
    problem(name, `its ${field} must ${must}`, WRITE_WITH_DEFINE_PLUGIN)
  )
}

const parseContract = (version: string): { readonly major: number; readonly minor: number } => {
  const [, major, minor] = CONTRACT.exec(version) ?? []
  return { major: Number(major), minor: Number(minor) }
}

/** A plugin may be built for the host's major version of the contract, and for no newer minor one. */
export const checkContract = (plugin: Plugin, hostVersion: string): readonly PluginProblem[] => {
  const [wanted, offered] = [parseContract(plugin.contractVersion), parseContract(hostVersion)]
  if (wanted.major === offered.major && wanted.minor <= offered.minor) return []
  const isNewer = wanted.major >= offered.major
  const message = `is built for plugin contract ${plugin.contractVersion}; this host offers ${hostVersion}`
  const fix = isNewer
    ? `Upgrade Quorate, or install a release of "${plugin.name}" built for contract ${hostVersion}.`
    : `Install a release of "${plugin.name}" that is built for contract ${offered.major}.x.`
  return [problem(plugin.name, message, fix)]
}
