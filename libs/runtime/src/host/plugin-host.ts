import { CONTRACT_VERSION, type Plugin, type Provided, type Token } from '@quorate/contracts'
import { PLUGIN_STEP_TIMEOUT_MS, systemTimer, type StepTimer } from './bounded-step.ts'
import { checkConfigs } from './config-check.ts'
import { checkRequirements, dependencyOrder, type KnownPlugin } from './dependency-order.ts'
import { checkDuplicates } from './duplicate-check.ts'
import { createLifecycle, type Lifecycle } from './lifecycle.ts'
import { checkContract, checkForm } from './manifest-check.ts'
import type { PluginEntry } from './plugin-entry.ts'
import { refuse } from './plugin-problem.ts'
import { createProviderContainer, type ProviderContainer } from './provider-container.ts'
import { registerPlugin } from './registration.ts'
import { unknownName, unusableToken } from './unknown-name.ts'

export interface PluginHostInit {
  /** In the order of the configuration; dependencies come first whatever that order is. */
  readonly plugins: readonly PluginEntry[]
  /** Plugins that could be listed, named when a requirement is not met. */
  readonly known?: readonly KnownPlugin[]
  /** Bound on `start` and on `stop` of each plugin. Default: PLUGIN_STEP_TIMEOUT_MS. */
  readonly stepTimeoutMs?: number
  /** Default: setTimeout. */
  readonly timer?: StepTimer
  /** Contract that the host offers. Default: CONTRACT_VERSION. */
  readonly contractVersion?: string
}

/** Something that a plugin provides under a token. */
export interface Contribution<T> {
  readonly name: string
  readonly value: T
  /** Name of the plugin. */
  readonly plugin: string
}

export interface PluginInfo {
  readonly name: string
  readonly version: string
  readonly contractVersion: string
  readonly provides: readonly Provided[]
  readonly requires: readonly Provided[]
}

export interface PluginHost extends Lifecycle {
  /** Errors: QRT_PLUGIN with the names that there are. */
  resolve<T>(token: Token<T>, name: string): T
  /** In the order of registration; empty when nobody provides any. */
  resolveAll<T>(token: Token<T>): readonly Contribution<T>[]
  /** In the order of registration. */
  list(): readonly PluginInfo[]
}

/** Everything that can be known before code of a plugin runs, its configSchema aside. */
const checkManifests = (plugins: readonly Plugin[], init: PluginHostInit): void => {
  const contract = init.contractVersion ?? CONTRACT_VERSION
  refuse(plugins.flatMap((plugin, index) => checkForm(plugin, index + 1)))
  refuse(plugins.flatMap(plugin => checkContract(plugin, contract)))
  refuse(checkDuplicates(plugins))
  refuse(checkRequirements(plugins, init.known ?? []))
}

const toInfo = ({ name, version, contractVersion, provides, requires }: Plugin): PluginInfo => ({
  name,
  version,
  contractVersion,
  provides,
  requires
})

const createResolver = (
  plugins: readonly Plugin[],
  container: ProviderContainer
): Pick<PluginHost, 'resolve' | 'resolveAll'> => {
  const resolveAll = <T>({ key }: Token<T>): readonly Contribution<T>[] =>
    plugins.flatMap(plugin =>
      plugin.provides
        .filter(item => item.token === key)
        .map(item => ({ name: item.name, value: container.get(item) as T, plugin: plugin.name }))
    )
  const resolve = <T>(token: Token<T>, name: string): T => {
    if (typeof token.key !== 'string') throw unusableToken(token)
    const item = { token: token.key, name }
    if (!container.has(item))
      throw unknownName(
        item,
        resolveAll(token).map(found => found.name)
      )
    return container.get(item) as T
  }
  return { resolve, resolveAll }
}

/**
 * Checks all plugins, then registers them in dependency order. Nothing is registered unless all manifests and
 * configurations are good; one error tells all that is wrong with them.
 *
 * Errors: QRT_PLUGIN, whose message names the plugin and whose suggestions name the fix.
 */
export const createPluginHost = (init: PluginHostInit): PluginHost => {
  checkManifests(
    init.plugins.map(entry => entry.plugin),
    init
  )
  const plugins = dependencyOrder(init.plugins.map(entry => entry.plugin))
  const configs = checkConfigs(init.plugins)
  const container = createProviderContainer()
  for (const plugin of plugins) registerPlugin(plugin, configs.get(plugin.name), container)
  const { timer = systemTimer, stepTimeoutMs: timeoutMs = PLUGIN_STEP_TIMEOUT_MS } = init
  return {
    ...createResolver(plugins, container),
    ...createLifecycle(plugins, { timer, timeoutMs }),
    list: () => plugins.map(toInfo)
  }
}
