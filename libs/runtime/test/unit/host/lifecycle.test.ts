import { expect, test } from 'vitest'
import type { Plugin } from '@quorate/contracts'
import { createPluginHost, PLUGIN_STEP_TIMEOUT_MS, type StepTimer } from '../../../src/host/index.ts'
import { entries, makePlugin, rejection, refusal, type Wiring } from '../../support/plugins.ts'

const forever = (): Promise<void> => new Promise(() => undefined)
const failing = (message: string) => (): Promise<void> => Promise.reject(new Error(message))

/** A plugin that writes down its steps. */
const recorded =
  (calls: string[]) =>
  (name: string, wiring: Wiring = {}, steps: Partial<Plugin> = {}): Plugin => ({
    ...makePlugin(name, wiring),
    start: () => {
      calls.push(`start ${name}`)
      return steps.start?.()
    },
    stop: () => {
      calls.push(`stop ${name}`)
      return steps.stop?.()
    }
  })

/** Fires as soon as nothing else is left to do, and keeps what it was asked. */
const impatientTimer =
  (asked: number[]): StepTimer =>
  (delayMs, callback) => {
    asked.push(delayMs)
    const timer = setImmediate(callback)
    return () => clearImmediate(timer)
  }

test('plugins start in dependency order and stop in reverse', async () => {
  const calls: string[] = []
  const plugin = recorded(calls)
  const host = createPluginHost({
    plugins: entries(
      plugin('top', { requires: ['x:base'] }),
      plugin('base', { provides: ['x:base'] }),
      plugin('side')
    )
  })
  await host.start()
  await host.stop()
  expect(calls).toEqual(['start base', 'start top', 'start side', 'stop side', 'stop top', 'stop base'])
})

test('each step is waited for before the next one', async () => {
  const calls: string[] = []
  const plugin = recorded(calls)
  const slow = async (): Promise<void> => {
    await Promise.resolve()
    calls.push('ready')
  }
  const host = createPluginHost({ plugins: entries(plugin('a', {}, { start: slow }), plugin('b')) })
  await host.start()
  expect(calls).toEqual(['start a', 'ready', 'start b'])
})

test('plugins without start and stop are fine, and so is no plugin at all', async () => {
  for (const plugins of [[], entries(makePlugin('a'))]) {
    const host = createPluginHost({ plugins })
    await host.start()
    await host.stop()
    expect(host.list()).toHaveLength(plugins.length)
  }
})

test('a failing start stops what was started, itself included, and is told with its cause', async () => {
  const calls: string[] = []
  const plugin = recorded(calls)
  const host = createPluginHost({
    plugins: entries(plugin('a'), plugin('b', {}, { start: failing('no port') }), plugin('c'))
  })
  const error = await rejection(host.start())
  expect(error.message).toBe('plugin "b": failed to start: no port')
  expect(error.cause).toMatchObject({ message: 'no port' })
  expect(error.suggestions).not.toHaveLength(0)
  expect(calls).toEqual(['start a', 'start b', 'stop b', 'stop a'])
  await host.stop()
  expect(calls).toHaveLength(4)
})

test('a start that throws at once is told in the same way', async () => {
  const plugin = makePlugin(
    'a',
    {},
    {
      start: () => {
        throw new Error('at once')
      }
    }
  )
  const error = await rejection(createPluginHost({ plugins: entries(plugin) }).start())
  expect(error.message).toBe('plugin "a": failed to start: at once')
})

test('a start that takes too long is given up and told', async () => {
  const [calls, asked]: [string[], number[]] = [[], []]
  const plugin = recorded(calls)
  const host = createPluginHost({
    plugins: entries(plugin('a', {}, { start: forever })),
    timer: impatientTimer(asked),
    stepTimeoutMs: 70
  })
  const error = await rejection(host.start())
  expect(error.message).toBe('plugin "a": did not start within 70 ms')
  expect(asked).toEqual([70, 70])
  expect(calls).toEqual(['start a', 'stop a'])
})

test('steps are bounded to 10 s by default, and no timer is left behind', async () => {
  const pending = new Set<number>()
  const asked: number[] = []
  const timer: StepTimer = delayMs => {
    pending.add(asked.push(delayMs))
    return () => void pending.delete(asked.length)
  }
  const host = createPluginHost({ plugins: entries(makePlugin('a'), makePlugin('b')), timer })
  await host.start()
  await host.stop()
  expect(asked).toEqual([10_000, 10_000, 10_000, 10_000])
  expect(PLUGIN_STEP_TIMEOUT_MS).toBe(10_000)
  expect(pending.size).toBe(0)
})

test('stop goes on after failures and tells them all', async () => {
  const calls: string[] = []
  const plugin = recorded(calls)
  const host = createPluginHost({
    plugins: entries(
      plugin('a', {}, { stop: failing('first') }),
      plugin('b', {}, { stop: forever }),
      plugin('c', {}, { stop: failing('last') }),
      plugin('d')
    ),
    timer: impatientTimer([]),
    stepTimeoutMs: 5
  })
  await host.start()
  const error = await rejection(host.stop())
  expect(error.message).toBe(
    'plugin "c": failed to stop: last; plugin "b": did not stop within 5 ms; plugin "a": failed to stop: first'
  )
  expect(calls.slice(4)).toEqual(['stop d', 'stop c', 'stop b', 'stop a'])
})

test('a step that fails after its time does not bring the process down', async () => {
  const late = (): Promise<void> =>
    new Promise((_resolve, reject) => void setImmediate(() => setImmediate(() => reject(new Error('late')))))
  const host = createPluginHost({
    plugins: entries(makePlugin('a', {}, { start: late })),
    timer: impatientTimer([])
  })
  expect((await rejection(host.start())).message).toContain('did not start')
  await new Promise(resolve => void setImmediate(() => setImmediate(() => setImmediate(resolve))))
})

test('starting or stopping twice is once', async () => {
  const calls: string[] = []
  const host = createPluginHost({ plugins: entries(recorded(calls)('a')) })
  await Promise.all([host.start(), host.start()])
  await Promise.all([host.stop(), host.stop()])
  expect(calls).toEqual(['start a', 'stop a'])
})

test('a stop during the start waits for it', async () => {
  const calls: string[] = []
  const plugin = recorded(calls)
  const host = createPluginHost({ plugins: entries(plugin('a'), plugin('b')) })
  const started = host.start()
  await host.stop()
  await started
  expect(calls).toEqual(['start a', 'start b', 'stop b', 'stop a'])
})

test('a host that was stopped cannot be started', async () => {
  const calls: string[] = []
  const host = createPluginHost({ plugins: entries(recorded(calls)('a')) })
  await host.stop()
  expect((await rejection(host.start())).message).toContain('has been stopped')
  expect(calls).toEqual([])
})

test('a plugin that is refused is never started', () => {
  const calls: string[] = []
  const plugin = recorded(calls)
  refusal(() => createPluginHost({ plugins: entries(plugin('a'), plugin('a')) }))
  expect(calls).toEqual([])
})
