import type { Plugin, Registrar, Token } from '@quorate/contracts'
import { auctionPlugin } from '@quorate/auction'
import { ballotsPlugin, pbftPlugin } from '@quorate/consensus'
import { ledgerPlugin } from '@quorate/ledger'
import type { Resolver } from '@quorate/runtime'
const BUILT_IN: readonly Plugin<never>[] = [ledgerPlugin, pbftPlugin, ballotsPlugin, auctionPlugin] as never
export const builtInPlugins = (): Resolver => {
  const provided = new Map<string, { name: string; value: unknown }[]>()
  const registrar: Registrar = {
    provide: (token, name, value) =>
      void provided.set(token.key, [...(provided.get(token.key) ?? []), { name, value }]),
    resolve: <T>(token: Token<T>, name: string) =>
      provided.get(token.key)?.find(p => p.name === name)?.value as T
  }
  for (const plugin of BUILT_IN) plugin.register(registrar, {} as never)
  return {
    resolve: registrar.resolve,
    resolveAll: <T>(token: Token<T>) => (provided.get(token.key) ?? []) as { name: string; value: T }[]
  }
}
