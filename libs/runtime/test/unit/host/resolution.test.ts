import 'reflect-metadata'
import { container } from 'tsyringe'
import { expect, test } from 'vitest'
import type { Token } from '@quorate/contracts'
import { createPluginHost } from '../../../src/host/index.ts'
import { COLOUR, entries, makePlugin, refusal, SHAPE } from '../../support/plugins.ts'

const shapes = makePlugin('shapes', { provides: ['shape:round', 'shape:square'] })
const more = makePlugin('more', { provides: ['shape:oval', 'colour:round'], requires: ['shape:round'] })

test('things are resolved by token and name', () => {
  const host = createPluginHost({ plugins: entries(more, shapes) })
  expect(host.resolve(SHAPE, 'round')).toBe('round of shapes')
  expect(host.resolve(COLOUR, 'round')).toBe('round of more')
  expect(host.resolve({ key: 'shape' }, 'oval')).toBe('oval of more')
})

test('everything under a token is listed with who provides it, in the order of registration', () => {
  const host = createPluginHost({ plugins: entries(more, shapes) })
  expect(host.resolveAll(SHAPE)).toEqual([
    { name: 'round', value: 'round of shapes', plugin: 'shapes' },
    { name: 'square', value: 'square of shapes', plugin: 'shapes' },
    { name: 'oval', value: 'oval of more', plugin: 'more' }
  ])
  expect(host.resolveAll({ key: 'nothing' })).toEqual([])
})

test('an unknown name is refused with the known ones and the nearest', () => {
  const host = createPluginHost({ plugins: entries(shapes) })
  const error = refusal(() => host.resolve(SHAPE, 'squar'))
  expect(error).toMatchObject({ code: 'QRT_PLUGIN', details: { known: ['round', 'square'] } })
  expect(error.message).toBe('No plugin provides shape "squar"; shape has: "round", "square".')
  expect(error.suggestions[0]).toBe('Did you mean "square"?')
  expect(refusal(() => host.resolve(SHAPE, 'zzzzzzzz')).suggestions).toEqual([
    'Add a plugin that provides shape "zzzzzzzz" to the configuration.'
  ])
  expect(refusal(() => host.resolve(COLOUR, 'red')).message).toContain('colour has: nothing')
})

test('a class is refused: the container would silently build one', () => {
  class Unregistered {
    readonly built = true
  }
  const host = createPluginHost({ plugins: [] })
  const error = refusal(() => host.resolve(Unregistered as unknown as Token<unknown>, 'x'))
  expect(error.message).toBe('Only tokens can be resolved; this is the class Unregistered.')
})

test('what is resolved is the very value that was provided, each time', () => {
  const value = { dispose: () => undefined, nested: { deep: true } }
  const plugin = makePlugin(
    'p',
    { provides: ['shape:x'] },
    { register: r => r.provide({ key: 'shape' }, 'x', value) }
  )
  const host = createPluginHost({ plugins: entries(plugin) })
  expect(host.resolve<unknown>({ key: 'shape' }, 'x')).toBe(value)
  expect(host.resolveAll<unknown>({ key: 'shape' })[0]?.value).toBe(value)
})

test('functions and classes are values too: nothing is called or built', () => {
  class Built {
    readonly built = true
  }
  const call = (): never => {
    throw new Error('called')
  }
  for (const value of [Built, call]) {
    const plugin = makePlugin(
      'p',
      { provides: ['shape:x'] },
      { register: r => r.provide({ key: 'shape' }, 'x', value) }
    )
    expect(createPluginHost({ plugins: entries(plugin) }).resolve<unknown>({ key: 'shape' }, 'x')).toBe(value)
  }
})

test('hosts are apart from each other and from the global container', () => {
  container.registerInstance('shape', 'global')
  const [one, two] = [createPluginHost({ plugins: entries(shapes) }), createPluginHost({ plugins: [] })]
  expect(one.resolveAll(SHAPE)).toHaveLength(2)
  expect(two.resolveAll(SHAPE)).toHaveLength(0)
  expect(refusal(() => two.resolve(SHAPE, 'round')).code).toBe('QRT_PLUGIN')
})

test('the list tells name, version and what is provided', () => {
  expect(createPluginHost({ plugins: entries(shapes) }).list()).toEqual([
    {
      name: 'shapes',
      version: '1.2.3',
      contractVersion: shapes.contractVersion,
      provides: [
        { token: 'shape', name: 'round' },
        { token: 'shape', name: 'square' }
      ],
      requires: []
    }
  ])
})
