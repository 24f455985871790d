import { expect, test } from 'vitest'
import type { Plugin } from '@quorate/contracts'
import { createPluginHost } from '../../../src/host/index.ts'
import { entries, makePlugin, refusal } from '../../support/plugins.ts'

const malformed: readonly (readonly [string, Partial<Record<keyof Plugin, unknown>>])[] = [
  ['name', { name: '' }],
  ['name', { name: 'two words' }],
  ['version', { version: '1' }],
  ['contractVersion', { contractVersion: '1' }],
  ['provides', { provides: undefined }],
  ['provides', { provides: [{ token: 'shape' }] }],
  ['requires', { requires: ['shape'] }],
  ['configSchema', { configSchema: {} }],
  ['register', { register: undefined }],
  ['start', { start: 1 }],
  ['stop', { stop: 'x' }]
]

test.for(malformed)('a manifest with a bad %s is refused', ([field, overrides]) => {
  const plugin = makePlugin('bad', {}, overrides as Partial<Plugin>)
  const error = refusal(() => createPluginHost({ plugins: entries(plugin) }))
  expect(error).toMatchObject({ code: 'QRT_PLUGIN' })
  expect(error.message).toContain(`its ${field} must`)
  expect(error.suggestions.join()).toContain('definePlugin')
})

test('what is no plugin at all is named by its position', () => {
  for (const value of [undefined, null, 'plugin', 7]) {
    const plugins = [...entries(makePlugin('a')), { plugin: value as unknown as Plugin, config: {} }]
    expect(refusal(() => createPluginHost({ plugins })).message).toContain('plugin "#2": is not an object')
  }
})

test('all that is wrong is told at once', () => {
  const plugins = entries(
    makePlugin('a', {}, { version: 'x' }),
    makePlugin('b', {}, { version: 'y', contractVersion: 'z' })
  )
  const { message, details } = refusal(() => createPluginHost({ plugins }))
  expect(message.match(/must/g)).toHaveLength(3)
  expect(details).toEqual({ plugins: ['a', 'b'] })
})

const builtFor = (built: string, offered: string) =>
  createPluginHost({
    plugins: entries(makePlugin('p', {}, { contractVersion: built })),
    contractVersion: offered
  })

test.for(['1.3', '1.0'])('a plugin built for contract %s runs on a host that offers 1.3', built => {
  expect(builtFor(built, '1.3').list()).toHaveLength(1)
})

test.for([
  ['1.4', 'Upgrade Quorate'],
  ['2.0', 'Upgrade Quorate'],
  ['0.9', 'Install a release of "p" that is built for contract 1.x']
] as const)('a plugin built for contract %s is refused by a host that offers 1.3', ([built, fix]) => {
  const error = refusal(() => builtFor(built, '1.3'))
  expect(error.message).toContain(`built for plugin contract ${built}; this host offers 1.3`)
  expect(error.suggestions.join()).toContain(fix)
})

test('a plugin listed twice is refused', () => {
  const error = refusal(() =>
    createPluginHost({
      plugins: entries(makePlugin('a'), makePlugin('b'), makePlugin('a', {}, { version: '2.0.0' }))
    })
  )
  expect(error.message).toBe('plugin "a": is listed twice (versions 1.2.3 and 2.0.0)')
  expect(error.suggestions).toEqual(['List "a" once in the configuration.'])
})

test('the same thing provided by two plugins is refused: the container would let the last one win', () => {
  const plugins = entries(
    makePlugin('a', { provides: ['shape:round'] }),
    makePlugin('b', { provides: ['colour:round', 'shape:round'] })
  )
  const error = refusal(() => createPluginHost({ plugins }))
  expect(error.message).toBe('plugin "b": provides shape "round", which plugin "a" provides too')
  expect(error.suggestions.join()).toContain('Remove "a" or "b"')
})

test('the same thing listed twice by one plugin is refused', () => {
  const plugins = entries(makePlugin('a', { provides: ['shape:round', 'shape:round'] }))
  expect(refusal(() => createPluginHost({ plugins })).message).toContain('which it lists already')
})
