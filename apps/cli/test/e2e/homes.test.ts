/** Homes, ports and processes that are not as a command needs them. */
import { copyFileSync, existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { ErrorBody } from '@quorate/contracts'
import { afterAll, describe, expect, it, onTestFinished } from 'vitest'
import { createPeer, runJson } from './support/peer.ts'
import type { Peer } from './support/peer.ts'
import { spawnCli } from './support/spawn-cli.ts'
import { tempFolder } from './support/temp-folder.ts'

const folder = tempFolder()
afterAll(() => folder.remove())

const LISTEN = ['--listen', '/ip4/127.0.0.1/tcp/0']

/** A group of one, whose daemon is not started. */
async function found(name: string): Promise<Peer> {
  const home = join(folder.path, name)
  const { value } = await runJson<{ peerId: string }>(['init', '--home', home, '--member', name, ...LISTEN])
  const peer = createPeer({ name, peerId: value.peerId, home, pid: 0 })
  onTestFinished(() => peer.dispose())
  return peer
}

async function refusal(...argv: readonly string[]): Promise<readonly [number | null, string, string]> {
  const { code, value } = await runJson<ErrorBody>(argv)
  return [code, value.error.code, [value.error.message, ...value.error.suggestions].join('\n')]
}

describe('a group of one', () => {
  it('is founded, started, decides, and stops cleanly at SIGTERM', async () => {
    const peer = await found('alone')
    const running = await peer.restart()
    await peer.ready()
    expect(await peer.json('propose', 'By myself')).toMatchObject({ code: 0, value: { outcome: 'accepted' } })
    const begin = performance.now()
    await peer.end('SIGTERM')
    expect(performance.now() - begin).toBeLessThan(5_000)
    expect(await running.ended).toBe(0)
    for (const line of running.stderr().trim().split('\n')) expect(JSON.parse(line)).toHaveProperty('level')
    expect((await refusal('status', '--home', peer.home)).slice(0, 2)).toEqual([3, 'QRT_UNREACHABLE'])
  })

  it('cannot tolerate a liar, and says how many voters are missing', async () => {
    const home = join(folder.path, 'liars')
    const [exit, code, text] = await refusal('init', '--home', home, '--fault-tolerance', '1')
    expect([exit, code]).toEqual([2, 'QRT_FAULT_TOLERANCE'])
    expect(text).toMatch(/4|3 more|3 voters/)
    expect(existsSync(join(home, 'founding.cbor'))).toBe(false)
  })
})

describe('a home without a group', () => {
  it('starts no daemon, and is left as it is', async () => {
    const home = join(folder.path, 'empty')
    const [exit, code, text] = await refusal('daemon', '--home', home)
    expect([exit, code]).toEqual([1, 'QRT_NO_GROUP'])
    expect(text).toContain('quorate init')
    expect(existsSync(home) ? readdirSync(home) : []).toEqual([])
  })

  it('has no daemon to ask', async () => {
    const [exit, code, text] = await refusal('propose', 'x', '--home', join(folder.path, 'nothing'))
    expect([exit, code]).toEqual([3, 'QRT_UNREACHABLE'])
    expect(text).toContain('quorate daemon')
  })
})

describe('the founding document', () => {
  it('of another group is refused with the name of the file', async () => {
    const [peer, other] = [await found('mine'), await found('other')]
    copyFileSync(join(other.home, 'founding.cbor'), join(peer.home, 'founding.cbor'))
    const [exit, code, text] = await refusal('daemon', '--home', peer.home)
    expect([exit, code]).toEqual([1, 'QRT_WRONG_GROUP'])
    expect(text).toContain(join(peer.home, 'founding.cbor'))
  })

  it('that is damaged is refused with the name of the file', async () => {
    const peer = await found('damaged')
    writeFileSync(join(peer.home, 'founding.cbor'), 'garbage')
    const [exit, code, text] = await refusal('daemon', '--home', peer.home)
    expect([exit, code]).toEqual([1, 'QRT_STORAGE_CORRUPT'])
    expect(text).toContain(join(peer.home, 'founding.cbor'))
  })
})

describe('a daemon that runs', () => {
  it('keeps a second one off its home, and goes on', async () => {
    const peer = await found('once')
    await peer.restart()
    await peer.ready()
    const [exit, code, text] = await refusal('daemon', '--home', peer.home)
    expect([exit, code]).toEqual([1, 'QRT_ALREADY_RUNNING'])
    expect(text).toContain(String(peer.pid))
    expect(await peer.json('propose', 'Still here')).toMatchObject({ code: 0 })
  })

  it('that was killed leaves nothing that keeps the next one from starting', async () => {
    const peer = await found('killed')
    await peer.restart()
    await peer.ready()
    await peer.end('SIGKILL')
    expect((await refusal('status', '--home', peer.home)).slice(0, 2)).toEqual([3, 'QRT_UNREACHABLE'])
    await peer.restart()
    await peer.ready()
  })
})

describe('a port that is in use', () => {
  async function takePort(): Promise<number> {
    const server = createServer()
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    return (server.address() as AddressInfo).port
  }

  it('is refused for the other peers, named, and nothing is left running', async () => {
    const [peer, port] = [await found('ports'), await takePort()]
    const [exit, code, text] = await refusal(
      'daemon',
      '--home',
      peer.home,
      '--listen',
      `/ip4/127.0.0.1/tcp/${port}`
    )
    expect([exit, code]).toEqual([1, 'QRT_PORT_IN_USE'])
    expect(text).toContain(String(port))
    await peer.restart()
    await peer.ready()
  })

  it('is refused for the control API too', async () => {
    const [peer, port] = [await found('http'), await takePort()]
    const [exit, code, text] = await refusal('daemon', '--home', peer.home, '--http', String(port))
    expect([exit, code]).toEqual([1, 'QRT_PORT_IN_USE'])
    expect(text).toContain(String(port))
  })
})

it('the control API on a port wants the token', async () => {
  const peer = await found('token')
  await peer.restart('--http', '0')
  const { http } = JSON.parse(readFileSync(join(peer.home, 'daemon.json'), 'utf8')) as { http: string }
  const status = await spawnCli(['status', '--json', '--api', http, '--home', peer.home])
  expect(status.code).toBe(0)
  const [exit, code] = await refusal('status', '--api', http, '--home', folder.path)
  expect([exit, code]).toEqual([4, 'QRT_UNAUTHENTICATED'])
})
