import { auctionPlugin } from '@quorate/auction'
import { ballotsPlugin, pbftPlugin } from '@quorate/consensus'
import type { Plugin } from '@quorate/contracts'
import { ledgerPlugin } from '@quorate/ledger'
import { createPluginHost, type PluginHost } from '@quorate/runtime'

/** What a daemon loads by itself, too. */
export const BUILT_IN: readonly Plugin[] = [
  ledgerPlugin,
  pbftPlugin,
  ballotsPlugin,
  auctionPlugin
] as Plugin[]

/**
 * The plugins of simulated nodes, through the same host and the same checks as in a daemon. Its factories are pure: all
 * nodes of all runs share one host, which needs no start as long as no plugin has one.
 */
export const simulationPlugins = (plugins: readonly Plugin[] = BUILT_IN): PluginHost =>
  createPluginHost({ plugins: plugins.map(plugin => ({ plugin, config: {} })) })
