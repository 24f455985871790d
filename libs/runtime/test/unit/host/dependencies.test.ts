import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createPluginHost } from '../../../src/host/index.ts'
import { entries, makePlugin, refusal } from '../../support/plugins.ts'

test('a missing requirement names who needs it, what there is, and who could provide it', () => {
  const plugins = entries(
    makePlugin('user', { requires: ['shape:rund'] }),
    makePlugin('shapes', { provides: ['shape:round', 'shape:square'] })
  )
  const known = [makePlugin('@shapes/more', { provides: ['shape:rund'] })]
  const error = refusal(() => createPluginHost({ plugins, known }))
  expect(error.message).toBe(
    'plugin "user": requires shape "rund", which no plugin provides (shape has: "round" of "shapes", "square" of "shapes")'
  )
  expect(error.suggestions).toEqual([
    'Add "@shapes/more" to the plugins in the configuration: it provides shape "rund".',
    'Did you mean "round"?'
  ])
})

test('a missing requirement that nobody is known to provide says so', () => {
  const error = refusal(() =>
    createPluginHost({ plugins: entries(makePlugin('user', { requires: ['shape:x'] })) })
  )
  expect(error.message).toContain('(shape has: nothing)')
  expect(error.suggestions).toEqual(['Add a plugin that provides shape "x" to the configuration.'])
})

test('a circle of requirements is named, without the way that leads to it', () => {
  const plugins = entries(
    makePlugin('outside', { requires: ['x:a'] }),
    makePlugin('a', { provides: ['x:a'], requires: ['x:b'] }),
    makePlugin('b', { provides: ['x:b'], requires: ['x:c'] }),
    makePlugin('c', { provides: ['x:c'], requires: ['x:a'] })
  )
  const error = refusal(() => createPluginHost({ plugins }))
  expect(error.message).toContain('a -> b -> c -> a')
  expect(error.message).not.toContain('outside')
  expect(error.suggestions).not.toHaveLength(0)
})

test('a plugin that requires what it provides is a circle of one', () => {
  const plugins = entries(makePlugin('a', { provides: ['x:a'], requires: ['x:a'] }))
  expect(refusal(() => createPluginHost({ plugins })).message).toContain('a -> a')
})

test('requirements come first, otherwise the order is that of the list', () => {
  const plugins = entries(
    makePlugin('z', { requires: ['x:b', 'x:a'] }),
    makePlugin('y'),
    makePlugin('a', { provides: ['x:a'] }),
    makePlugin('b', { provides: ['x:b'], requires: ['x:a'] })
  )
  const host = createPluginHost({ plugins })
  expect(host.list().map(plugin => plugin.name)).toEqual(['a', 'b', 'z', 'y'])
})

test('in any list of plugins whose requirements have no circle, each comes after what it requires', () => {
  const graph = fc.array(fc.array(fc.nat({ max: 20 }), { maxLength: 4 }), { maxLength: 12 })
  fc.assert(
    fc.property(graph, fc.infiniteStream(fc.nat()), (needs, weights) => {
      const plugins = needs.map((list, index) => {
        const earlier = [...new Set(list)].filter(need => need < index)
        return makePlugin(`p${index}`, {
          provides: [`x:p${index}`],
          requires: earlier.map(need => `x:p${need}`)
        })
      })
      const shuffled = plugins
        .map(plugin => ({ plugin, weight: weights.next().value }))
        .toSorted((a, b) => a.weight - b.weight)
        .map(({ plugin }) => plugin)
      const order = createPluginHost({ plugins: entries(...shuffled) }).list()
      const names = order.map(plugin => plugin.name)
      expect(names.toSorted()).toEqual(plugins.map(plugin => plugin.name).toSorted())
      for (const plugin of order)
        for (const { name } of plugin.requires)
          expect(names.indexOf(name)).toBeLessThan(names.indexOf(plugin.name))
    })
  )
})
