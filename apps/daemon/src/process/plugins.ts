import { auctionPlugin } from '@quorate/auction'
import { ballotsPlugin, pbftPlugin } from '@quorate/consensus'
import { ledgerPlugin } from '@quorate/ledger'
import { createPluginHost } from '@quorate/runtime'
import { daemonPlugin } from '../machines/plugin.ts'

/** What comes with Quorate, through the same door as everybody's plugins. */
export const BUILT_IN_PLUGINS = [
  ledgerPlugin,
  pbftPlugin,
  ballotsPlugin,
  auctionPlugin,
  daemonPlugin
] as const

export const createBuiltInHost = (): ReturnType<typeof createPluginHost> =>
  createPluginHost({ plugins: BUILT_IN_PLUGINS.map(plugin => ({ plugin, config: {} })) })
