import type { CborValue, Plugin } from '@quorate/contracts'

/** One plugin as the configuration lists it. */
export interface PluginEntry {
  readonly plugin: Plugin
  /** Checked by the plugin's `configSchema` before anything is registered. */
  readonly config: { readonly [key: string]: CborValue }
}
