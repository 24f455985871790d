import {
  CONTRACT_VERSION,
  definePlugin,
  NO_CONFIG,
  QuorateError,
  type Plugin,
  type Provided,
  type Token
} from '@quorate/contracts'
import type { PluginEntry } from '../../src/host/index.ts'

export const SHAPE: Token<string> = { key: 'shape' }
export const COLOUR: Token<string> = { key: 'colour' }

/** `shape:round` as a token and a name. */
const provided = (text: string): Provided => {
  const [token = '', name = ''] = text.split(':')
  return { token, name }
}

export interface Wiring {
  readonly provides?: readonly string[]
  readonly requires?: readonly string[]
}

/** A plugin that does what its manifest says; the value of each thing is its name and the plugin's. */
export const makePlugin = (name: string, wiring: Wiring = {}, overrides: Partial<Plugin> = {}): Plugin => {
  const provides = (wiring.provides ?? []).map(provided)
  return {
    ...definePlugin({
      name,
      version: '1.2.3',
      contractVersion: CONTRACT_VERSION,
      provides,
      requires: (wiring.requires ?? []).map(provided),
      configSchema: NO_CONFIG,
      register: registrar => {
        for (const item of provides)
          registrar.provide<string>({ key: item.token }, item.name, `${item.name} of ${name}`)
      }
    }),
    ...overrides
  }
}

export const entries = (...plugins: readonly Plugin[]): readonly PluginEntry[] =>
  plugins.map(plugin => ({ plugin, config: {} }))

export const refusal = (step: () => unknown): QuorateError => {
  try {
    step()
  } catch (error) {
    if (error instanceof QuorateError) return error
    throw error
  }
  throw new Error('expected a refusal')
}

export const rejection = async (promise: Promise<unknown>): Promise<QuorateError> => {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason
  )
  if (error instanceof QuorateError) return error
  throw new Error(`expected a refusal, not ${String(error)}`)
}
