import { expect, test } from 'vitest'
import { definePlugin, type CborValue, type Plugin, type Registrar } from '@quorate/contracts'
import { createPluginHost } from '../../../src/host/index.ts'
import { COLOUR, entries, makePlugin, refusal, SHAPE } from '../../support/plugins.ts'

const host = (...plugins: readonly Plugin[]) => createPluginHost({ plugins: entries(...plugins) })

const registering = (register: (registrar: Registrar) => unknown, requires: readonly string[] = []): Plugin =>
  makePlugin('p', { provides: ['shape:round'], requires }, { register })

test('registering what the manifest does not list is refused', () => {
  const error = refusal(() => host(registering(registrar => registrar.provide(COLOUR, 'red', 'x'))))
  expect(error.message).toBe('plugin "p": registers colour "red", which its manifest does not list')
  expect(error.suggestions).toEqual(['Add { token: "colour", name: "red" } to `provides` of "p".'])
})

test('not registering what the manifest lists is refused', () => {
  const error = refusal(() => host(registering(() => undefined)))
  expect(error.message).toBe('plugin "p": lists shape "round" in its manifest and did not register it')
  expect(error.suggestions).toHaveLength(1)
})

test('registering the same thing twice is refused: the container would let the last one win', () => {
  const twice = (registrar: Registrar): void => {
    registrar.provide(SHAPE, 'round', 'first')
    registrar.provide(SHAPE, 'round', 'second')
  }
  expect(refusal(() => host(registering(twice))).message).toContain('registers shape "round" twice')
})

test('registering nothing is refused; other falsy values are values', () => {
  for (const value of [undefined, null])
    expect(
      refusal(() => host(registering(registrar => registrar.provide({ key: 'shape' }, 'round', value))))
        .message
    ).toContain('registers nothing')
  for (const value of ['', 0, false])
    expect(
      host(registering(registrar => registrar.provide({ key: 'shape' }, 'round', value))).resolve(
        SHAPE,
        'round'
      )
    ).toBe(value)
})

test('registering after register has returned is refused', () => {
  const kept: Registrar[] = []
  const keep = (registrar: Registrar): void => {
    registrar.provide(SHAPE, 'round', 'x')
    kept.push(registrar)
  }
  host(registering(keep))
  expect(refusal(() => kept[0]?.provide(SHAPE, 'round', 'late')).message).toContain('too late')
})

test('an asynchronous register is refused, and its rejection is not left unhandled', () => {
  const error = refusal(() => host(registering(() => Promise.reject(new Error('later')))))
  expect(error.message).toContain('registers asynchronously')
  expect(error.suggestions[0]).toContain('`start`')
})

test('a register that throws is told with its cause', () => {
  const cause = new Error('no such table')
  const failing = (): never => {
    throw cause
  }
  const error = refusal(() => host(registering(failing)))
  expect(error.message).toBe('plugin "p": failed to register: no such table')
  expect(error.cause).toBe(cause)
})

test('a plugin resolves what it requires, whatever the order of the list', () => {
  const seen: string[] = []
  const user = registering(
    registrar => {
      seen.push(registrar.resolve(COLOUR, 'red'))
      registrar.provide(SHAPE, 'round', 'x')
    },
    ['colour:red']
  )
  host(user, makePlugin('colours', { provides: ['colour:red'] }))
  expect(seen).toEqual(['red of colours'])
})

test('a plugin may not resolve what it does not require: it would hang on the order of the list', () => {
  const user = registering(registrar => registrar.resolve(COLOUR, 'red'))
  const error = refusal(() => host(makePlugin('colours', { provides: ['colour:red'] }), user))
  expect(error.message).toBe('plugin "p": resolves colour "red", which it does not require')
  expect(error.suggestions[0]).toContain('`requires`')
})

test('a plugin may resolve its own, once it is registered', () => {
  const early = registering(registrar => registrar.resolve(SHAPE, 'round'))
  expect(refusal(() => host(early)).message).toContain('before it is registered')
  const own = registering(registrar => {
    registrar.provide(SHAPE, 'round', 'x')
    registrar.resolve(SHAPE, 'round')
  })
  expect(host(own).resolve(SHAPE, 'round')).toBe('x')
})

interface Settings {
  readonly size: number
}

const configured = (received: Settings[]): Plugin =>
  definePlugin<Settings>({
    ...makePlugin('p'),
    configSchema: {
      parse: ({ size, ...others }) => {
        const issues = Object.keys(others).map(key => `unknown setting "${key}"`)
        if (typeof size !== 'number') return { ok: false, issues: ['size must be a number', ...issues] }
        return issues.length > 0 ? { ok: false, issues } : { ok: true, value: { size } }
      }
    },
    register: (_registrar, config) => void received.push(config)
  })

const withConfig = (plugin: Plugin, config: { readonly [key: string]: CborValue }) => ({ plugin, config })

test('a plugin receives its checked configuration', () => {
  const received: Settings[] = []
  createPluginHost({ plugins: [withConfig(configured(received), { size: 3 })] })
  expect(received).toEqual([{ size: 3 }])
})

test('every issue of a configuration is listed, and nothing is registered', () => {
  const received: Settings[] = []
  const plugins = [withConfig(configured(received), { colour: 'red' }), withConfig(makePlugin('q'), { x: 1 })]
  const error = refusal(() => createPluginHost({ plugins }))
  expect(error.message).toBe(
    'plugin "p": its configuration is not valid: size must be a number, unknown setting "colour"; ' +
      'plugin "q": its configuration is not valid: unknown setting "x"'
  )
  expect(error.suggestions).toHaveLength(2)
  expect(received).toEqual([])
})

test('a schema that throws is told as the fault of the plugin', () => {
  const plugin = makePlugin(
    'p',
    {},
    {
      configSchema: {
        parse: () => {
          throw new TypeError('oops')
        }
      }
    }
  )
  expect(refusal(() => host(plugin)).message).toBe('plugin "p": its configSchema failed: oops')
})

test('no plugin registers when another one is refused', () => {
  let registered = 0
  const good = makePlugin('good', {}, { register: () => void registered++ })
  for (const bad of [
    makePlugin('bad', {}, { contractVersion: '9.0' }),
    makePlugin('good'),
    makePlugin('bad', { requires: ['x:y'] }),
    makePlugin('bad', { provides: ['x:a'], requires: ['x:a'] })
  ])
    refusal(() => host(good, bad))
  expect(registered).toBe(0)
})
