/** The commands that load the daemon's own modules: what they ask of them. */
import type * as Daemon from '@quorate/daemon'
import type * as Home from '@quorate/daemon/home'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { QuorateError } from '@quorate/contracts'
import { startFakeDaemon } from '../fake-daemon.ts'
import { config } from '../fixtures.ts'
import { documentOf, errorOf, runCli } from '../run-cli.ts'

type HomeModule = typeof Home
type DaemonModule = typeof Daemon

const home = vi.hoisted(() => ({
  initHome: vi.fn<HomeModule['initHome']>(),
  readConfig: vi.fn<HomeModule['readConfig']>(),
  setConfig: vi.fn<HomeModule['setConfig']>(),
  foundGroup: vi.fn<HomeModule['foundGroup']>()
}))
const daemon = vi.hoisted(() => ({ runDaemon: vi.fn<DaemonModule['runDaemon']>() }))
vi.mock('@quorate/daemon/home', () => home)
vi.mock('@quorate/daemon', () => daemon)

beforeEach(() => vi.resetAllMocks())

describe('init', () => {
  it('founds a group of one', async () => {
    home.initHome.mockReturnValue({ groupId: 'g', peerId: 'p', invite: null })
    const argv = [
      'init',
      '--home',
      '/h',
      '--name',
      'acme',
      '--member',
      'a',
      '--fault-tolerance',
      '0',
      '--listen',
      '/ip4'
    ]
    const run = await runCli([...argv, '--json'])
    expect(run).toMatchObject({ code: 0, stderr: '' })
    expect(documentOf(run)).toEqual({ groupId: 'g', peerId: 'p', invite: null })
    expect(home.initHome).toHaveBeenCalledWith({
      home: '/h',
      name: 'acme',
      member: 'a',
      faultTolerance: 0,
      listen: ['/ip4']
    })
  })

  it('tells people how to start it', async () => {
    home.initHome.mockReturnValue({ groupId: 'g', peerId: 'p', invite: null })
    expect((await runCli(['init', '--home', '/h'])).stdout).toContain('Start it: quorate daemon --home /h\n')
  })

  it('passes on why it refuses', async () => {
    home.initHome.mockImplementation(() => {
      throw new QuorateError('QRT_GROUP_EXISTS', 'taken')
    })
    const run = await runCli(['init', '--home', '/h', '--json'])
    expect([run.code, errorOf(run).code]).toEqual([1, 'QRT_GROUP_EXISTS'])
  })
})

const fail = (): void => undefined

describe('daemon', () => {
  // This worker holds a channel to vitest, as a peer does to `dev`: it must not leave when it has nothing to do.
  beforeEach(() => {
    if (process.channel) vi.spyOn(process.channel, 'unref').mockReturnValue()
  })

  it('runs until the interrupt, and stops cleanly', async () => {
    const controller = new AbortController()
    const done = Promise.withResolvers<{ error: unknown }>()
    const stop = vi.fn<() => Promise<void>>(() => Promise.resolve(done.resolve({ error: undefined })))
    daemon.runDaemon.mockImplementation(() => {
      controller.abort()
      return Promise.resolve({ stop, fail, done: done.promise })
    })
    const argv = ['daemon', '--home', '/h', '--http', '7171', '--listen', '/a', '--listen', '/b']
    expect(await runCli(argv, { signal: controller.signal })).toEqual({ code: 0, stdout: '', stderr: '' })
    expect(daemon.runDaemon).toHaveBeenCalledWith({ home: '/h', http: 7171, listen: ['/a', '/b'] })
    expect(stop).toHaveBeenCalledOnce()
  })

  it('fails when the daemon does', async () => {
    daemon.runDaemon.mockImplementation(() => {
      const done = Promise.resolve({ error: new QuorateError('QRT_STORAGE_FAILED', 'disk full') })
      return Promise.resolve({ stop: () => Promise.resolve(), fail, done })
    })
    const run = await runCli(['daemon', '--home', '/h', '--json'])
    expect([run.code, errorOf(run)]).toMatchObject([1, { code: 'QRT_STORAGE_FAILED', message: 'disk full' }])
  })

  it('refuses a port that is none', async () => {
    expect((await runCli(['daemon', '--http', '70000'])).code).toBe(2)
  })
})

describe('config', () => {
  it('is set in the home', async () => {
    home.setConfig.mockReturnValue({ key: 'ballot.policy', value: 'manual', origin: 'file' })
    const run = await runCli(['config', 'set', 'ballot.policy', 'manual', '--home', '/h', '--json'])
    expect(documentOf(run)).toEqual({ key: 'ballot.policy', value: 'manual' })
    expect(home.setConfig).toHaveBeenCalledWith('/h', 'ballot.policy', 'manual')
  })

  it('is read from the home when no daemon runs', async () => {
    home.readConfig.mockReturnValue({ entries: config })
    const run = await runCli(['config', 'show', '--home', '/h', '--json'])
    expect(documentOf(run)).toMatchObject({ 'ballot.policy': 'manual' })
    expect(home.readConfig).toHaveBeenCalledWith('/h')
  })

  it('comes from the daemon when one runs', async () => {
    const fake = await startFakeDaemon()
    await runCli(['config', 'show', '--home', fake.home])
    expect(home.readConfig).not.toHaveBeenCalled()
  })
})

describe('dev', () => {
  it('passes on why there can be no group', async () => {
    home.foundGroup.mockImplementation(() => {
      throw new QuorateError('QRT_FAULT_TOLERANCE', 'too few')
    })
    const run = await runCli(['dev', '--json'])
    expect([run.code, errorOf(run).code]).toEqual([2, 'QRT_FAULT_TOLERANCE'])
  })
})
