import { QuorateError, type Plugin, type Provided, type Registrar, type Token } from '@quorate/contracts'
import { describe } from './duplicate-check.ts'
import { pluginError, reasonOf } from './plugin-problem.ts'
import type { ProviderContainer } from './provider-container.ts'

const lists = (list: readonly Provided[], { token, name }: Provided): boolean =>
  list.some(item => item.token === token && item.name === name)

const manifestFix = (plugin: Plugin, field: 'provides' | 'requires', item: Provided): string =>
  `Add { token: "${item.token}", name: "${item.name}" } to \`${field}\` of "${plugin.name}".`

const fail = (plugin: Plugin, message: string, suggestion: string): Error =>
  pluginError([{ plugin: plugin.name, message, suggestions: [suggestion] }])

const assertMayProvide = (plugin: Plugin, item: Provided, container: ProviderContainer): void => {
  const what = describe(item)
  if (!lists(plugin.provides, item))
    throw fail(
      plugin,
      `registers ${what}, which its manifest does not list`,
      manifestFix(plugin, 'provides', item)
    )
  if (container.has(item))
    throw fail(plugin, `registers ${what} twice`, `Register ${what} once in "${plugin.name}".`)
}

const assertMayResolve = (plugin: Plugin, item: Provided, container: ProviderContainer): void => {
  const what = describe(item)
  if (!lists(plugin.requires, item) && !lists(plugin.provides, item))
    throw fail(plugin, `resolves ${what}, which it does not require`, manifestFix(plugin, 'requires', item))
  if (!container.has(item))
    throw fail(
      plugin,
      `resolves ${what} before it is registered`,
      `Register ${what} first in "${plugin.name}".`
    )
}

/** A registrar for one plugin; closed after `register` returns, so that nothing appears while others already resolve. */
const createRegistrar = (plugin: Plugin, container: ProviderContainer, isOpen: () => boolean): Registrar => ({
  provide: <T>({ key }: Token<T>, name: string, value: T): void => {
    const item = { token: key, name }
    if (!isOpen())
      throw fail(
        plugin,
        `registers ${describe(item)} too late`,
        `Register it before \`register\` of "${plugin.name}" returns.`
      )
    assertMayProvide(plugin, item, container)
    if (value === undefined || value === null)
      throw fail(
        plugin,
        `registers nothing as ${describe(item)}`,
        `Pass a value to \`provide\` in "${plugin.name}".`
      )
    container.set(item, value)
  },
  resolve: <T>({ key }: Token<T>, name: string): T => {
    assertMayResolve(plugin, { token: key, name }, container)
    return container.get({ token: key, name }) as T
  }
})

const callRegister = (plugin: Plugin, registrar: Registrar, config: unknown): unknown => {
  try {
    return plugin.register(registrar, config)
  } catch (cause) {
    if (cause instanceof QuorateError) throw cause
    const suggestions = [
      `Report it to the authors of "${plugin.name}", or remove the plugin from the configuration.`
    ]
    throw pluginError([
      { plugin: plugin.name, message: `failed to register: ${reasonOf(cause)}`, suggestions, cause }
    ])
  }
}

const assertSynchronous = (plugin: Plugin, returned: unknown): void => {
  if (!(returned instanceof Promise)) return
  returned.catch(() => undefined)
  throw fail(
    plugin,
    'registers asynchronously',
    `Move what has to wait from \`register\` to \`start\` in "${plugin.name}".`
  )
}

const assertComplete = (plugin: Plugin, container: ProviderContainer): void => {
  const missing = plugin.provides.filter(item => !container.has(item))
  if (missing.length === 0) return
  const what = missing.map(describe).join(', ')
  throw fail(
    plugin,
    `lists ${what} in its manifest and did not register it`,
    `Register ${what} in "${plugin.name}", or take it out of \`provides\`.`
  )
}

/**
 * Has one plugin register, and holds it to its manifest: only what it lists, all that it lists, at once.
 *
 * What it requires has been registered before. Errors: QRT_PLUGIN.
 */
export const registerPlugin = (plugin: Plugin, config: unknown, container: ProviderContainer): void => {
  let open = true
  try {
    assertSynchronous(
      plugin,
      callRegister(
        plugin,
        createRegistrar(plugin, container, () => open),
        config
      )
    )
  } finally {
    open = false
  }
  assertComplete(plugin, container)
}
