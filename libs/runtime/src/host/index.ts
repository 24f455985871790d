/**
 * The plugin host: checks plugins as a whole before any of their code runs, registers them in dependency order, starts
 * and stops them in bounded time, and resolves what they provide.
 *
 * @example
 * import { createPluginHost } from '@quorate/runtime'
 * import { TOKENS } from '@quorate/contracts'
 *
 * const host = createPluginHost({ plugins: [{ plugin: pbftPlugin, config: {} }] })
 * await host.start()
 * const strategy = host.resolve(TOKENS.consensusStrategy, 'pbft')
 * await host.stop()
 */
export {
  createPluginHost,
  type Contribution,
  type PluginHost,
  type PluginHostInit,
  type PluginInfo
} from './plugin-host.ts'
export { PLUGIN_STEP_TIMEOUT_MS, type StepTimer } from './bounded-step.ts'
export type { PluginEntry } from './plugin-entry.ts'
