import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { createClient, type Client } from '@quorate/client'
import { describe, expect, it, onTestFinished } from 'vitest'
import { foundGroup, initHome, readDaemonRecord, setConfig } from '../../src/home/index.ts'
import { homePaths } from '../../src/home/layout.ts'
import { runDaemon, socketPath, type DaemonInit, type RunningDaemon } from '../../src/index.ts'
import { eventually } from '../support/api-node.ts'
import { tempFolder, tempHome } from '../support/temp-home.ts'

const listen = ['/ip4/127.0.0.1/tcp/0']

const quietHome = (home = tempHome()): string => {
  initHome({ home, listen })
  setConfig(home, 'log.level', 'silent')
  return home
}

const start = async (init: DaemonInit): Promise<RunningDaemon> => {
  const daemon = await runDaemon(init)
  onTestFinished(() => daemon.stop())
  return daemon
}

const clientOf = (daemon: RunningDaemon): Client => {
  const client = createClient({ api: daemon.record.api })
  onTestFinished(() => client.close())
  return client
}

const portOf = (daemon: RunningDaemon): number =>
  Number(/\/tcp\/(\d+)/.exec(daemon.record.listen[0] ?? '')?.[1])

describe('a daemon', () => {
  it('keeps its decisions and its port over a restart', async () => {
    const home = quietHome()
    const first = await start({ home })
    const { proposalId } = await clientOf(first).propose({ statement: 'x', wait: true })
    await first.stop()
    expect(await first.done).toEqual({ error: undefined })
    expect([existsSync(first.record.api), readDaemonRecord(home)?.pid]).toEqual([false, null])
    const second = await start({ home })
    expect(portOf(second)).toBe(portOf(first))
    expect(await clientOf(second).proposal(proposalId)).toMatchObject({ outcome: 'accepted', sequence: 1 })
  })

  it('takes another port when the last one is taken', async () => {
    const home = quietHome()
    const first = await start({ home })
    await first.stop()
    const squatter = createServer()
    await new Promise<void>(resolve => void squatter.listen(portOf(first), '127.0.0.1', resolve))
    onTestFinished(() => void squatter.close())
    expect(portOf(await start({ home }))).not.toBe(portOf(first))
  })

  it('is alone on its home', async () => {
    const home = quietHome()
    const first = await start({ home })
    await expect(runDaemon({ home })).rejects.toMatchObject({ code: 'QRT_ALREADY_RUNNING' })
    expect((await clientOf(first).status()).state).toBe('ready')
  })

  it.skipIf(process.platform === 'win32')(
    'replaces the socket that a killed process left behind',
    async () => {
      const home = quietHome()
      const script = 'require("node:net").createServer().listen(process.argv[1], () => console.log("up"))'
      const child = spawn(process.execPath, ['-e', script, socketPath(home)])
      await once(child.stdout, 'data')
      await expect(runDaemon({ home })).rejects.toMatchObject({ code: 'QRT_ALREADY_RUNNING' })
      child.kill('SIGKILL')
      await once(child, 'exit')
      expect(existsSync(socketPath(home))).toBe(true)
      expect((await clientOf(await start({ home })).status()).state).toBe('ready')
    }
  )

  it('does not remove what is no socket', async () => {
    const home = quietHome()
    writeFileSync(socketPath(home), 'mine')
    await expect(runDaemon({ home })).rejects.toMatchObject({ code: 'QRT_CONFIG' })
    expect(readFileSync(socketPath(home), 'utf8')).toBe('mine')
  })

  it('refuses an address that is taken, and leaves the home free', async () => {
    const home = quietHome()
    const squatter = createServer()
    await new Promise<void>(resolve => void squatter.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void squatter.close())
    const { port } = squatter.address() as { port: number }
    await expect(runDaemon({ home, listen: [`/ip4/127.0.0.1/tcp/${port}`] })).rejects.toMatchObject({
      code: 'QRT_PORT_IN_USE'
    })
    expect((await clientOf(await start({ home })).status()).state).toBe('ready')
  })

  it('refuses a home without a group and makes nothing there', async () => {
    const home = tempHome()
    await expect(runDaemon({ home })).rejects.toMatchObject({ code: 'QRT_NO_GROUP' })
    expect(existsSync(home)).toBe(false)
  })

  it('refuses a config that is not valid', async () => {
    const home = quietHome()
    writeFileSync(homePaths(home).config, 'lisen = []\n')
    await expect(runDaemon({ home })).rejects.toMatchObject({ code: 'QRT_CONFIG' })
  })

  it('refuses stored data that is damaged', async () => {
    const home = quietHome()
    await (await start({ home })).stop()
    const path = join(homePaths(home).data, 'store.db')
    const bytes = readFileSync(path)
    bytes.fill(0xff, 0, 64)
    writeFileSync(path, bytes)
    await expect(runDaemon({ home })).rejects.toMatchObject({ code: 'QRT_STORAGE_CORRUPT' })
  })

  it.skipIf(process.platform === 'win32')('serves a home with a long path on a short one', async () => {
    const home = join(tempFolder(), 'deep'.repeat(30), 'home')
    mkdirSync(join(home, '..'), { recursive: true })
    quietHome(home)
    const daemon = await start({ home })
    expect([daemon.record.api.length < 104, statSync(daemon.record.api).mode & 0o777]).toEqual([true, 0o600])
    expect((await clientOf(daemon).status()).member).not.toBe('')
    await daemon.stop()
  })

  it('ends with the error that it could not go on after', async () => {
    const daemon = await start({ home: quietHome() })
    const error = new Error('a bug')
    daemon.fail(error)
    expect(await daemon.done).toEqual({ error })
  })

  it('serves the API on a port when asked to', async () => {
    const daemon = await start({ home: quietHome(), http: 0 })
    expect(daemon.record.http).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  })
})

describe('two daemons', () => {
  it('find each other by one address, decide, and find each other again by what they remember', async () => {
    const folder = tempFolder()
    const homes = ['a', 'b'].map(name => join(folder, name))
    foundGroup({ homes, name: 'pair', members: ['a', 'b'], listen })
    for (const home of homes) setConfig(home, 'log.level', 'silent')
    const [homeA = '', homeB = ''] = homes
    const [a, b] = [await start({ home: homeA }), await start({ home: homeB })]
    await clientOf(a).connect({ peerId: b.record.peerId, addresses: b.record.addresses })
    await becomeReady(a)
    const view = await clientOf(a).propose({ statement: 'both', wait: true })
    expect(view).toMatchObject({
      outcome: 'accepted',
      participatingPeers: expect.arrayContaining([a.record.peerId, b.record.peerId]) as object
    })
    await eventually(async () => ((await clientOf(b).ledger()).length === 1 ? true : undefined))
    expect(await clientOf(b).ledger()).toEqual(await clientOf(a).ledger())
    await Promise.all([a.stop(), b.stop()])
    const again = [await start({ home: homeA }), await start({ home: homeB })]
    for (const daemon of again) await becomeReady(daemon)
  }, 30_000)
})

const becomeReady = (daemon: RunningDaemon): Promise<true> => {
  const client = clientOf(daemon)
  return eventually(async () => ((await client.status()).state === 'ready' ? true : undefined))
}

describe('a stop', () => {
  it('ends what waits and what is followed, in less than five seconds', async () => {
    const home = quietHome()
    setConfig(home, 'ballot.policy', 'manual')
    const daemon = await start({ home })
    const client = clientOf(daemon)
    const { proposalId } = await client.propose({ statement: 'x', deadlineMs: 600_000 })
    const waiting = client.waitForProposal(proposalId, 600_000).catch(codeOf)
    const following = drain(client.events({ since: 0, attemptsMax: 1, reconnectMs: 1 })).catch(codeOf)
    await eventually(async () =>
      (await client.proposals({ pending: true })).length === 1 ? true : undefined
    )
    const beganMs = performance.now()
    await daemon.stop()
    expect(performance.now() - beganMs).toBeLessThan(5000)
    expect(await Promise.all([waiting, following])).toEqual(['QRT_UNREACHABLE', 'QRT_UNREACHABLE'])
  })
})

const codeOf = (error: unknown): unknown => (error as { code?: unknown }).code

const drain = async (source: AsyncIterable<unknown>): Promise<void> => {
  const items = source[Symbol.asyncIterator]()
  while ((await items.next()).done !== true);
}
