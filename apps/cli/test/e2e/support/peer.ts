import { socketOf } from '../../../src/session.ts'
import { createClient } from '@quorate/client'
import type { Client } from '@quorate/client'
import type { StatusView } from '@quorate/contracts'
import { isAlive, signal, startCli } from './daemon-process.ts'
import type { Running } from './daemon-process.ts'
import { spawnCli } from './spawn-cli.ts'
import type { Ended } from './spawn-cli.ts'
import { until } from './until.ts'

/** What a command with --json gave. */
export interface Answer<T> {
  readonly code: number | null
  readonly value: T
  readonly stderr: string
}

/** One peer: its home, power over its process, and the two ways to talk to it. */
export interface Peer {
  readonly name: string
  readonly peerId: string
  readonly home: string
  readonly client: Client
  readonly pid: number
  /** Runs a command against it. */
  cli(...argv: readonly string[]): Promise<Ended>
  /** Runs a command with --json; standard output must be one document. */
  json<T>(...argv: readonly string[]): Promise<Answer<T>>
  /** Sends a signal and, unless the process stays, waits until it is gone. */
  end(name: NodeJS.Signals): Promise<void>
  /** Starts it again on its home; gives the process as soon as its API answers. */
  restart(...flags: readonly string[]): Promise<Running>
  ready(): Promise<StatusView>
  /** Kills what still runs. */
  dispose(): Promise<void>
}

export interface PeerInit {
  readonly name: string
  readonly peerId: string
  readonly home: string
  readonly pid: number
}

export function createPeer(init: PeerInit): Peer {
  const { name, peerId, home } = init
  const client = createClient({ api: socketOf(home) })
  let pid = init.pid
  const end = async (how: NodeJS.Signals): Promise<void> => {
    signal(pid, how)
    await until(`${name} has ended`, () => !isAlive(pid))
  }
  return {
    name,
    peerId,
    home,
    client,
    get pid() {
      return pid
    },
    cli: (...argv) => spawnCli(['--home', home, ...argv]),
    json: (...argv) => runJson(['--home', home, ...argv]),
    end,
    restart: async (...flags) => {
      const running = startCli(['daemon', '--home', home, ...flags])
      pid = running.pid
      await until(`${name} answers`, () => answers(client, running))
      return running
    },
    ready: () => until(`${name} is ready`, () => readyStatus(client), 30_000),
    dispose: async () => {
      client.close()
      await end('SIGKILL')
    }
  }
}

export async function runJson<T>(argv: readonly string[]): Promise<Answer<T>> {
  const { code, stdout, stderr } = await spawnCli([...argv, '--json'])
  if (!stdout.endsWith('\n') || stdout.trim().includes('\n')) {
    throw new Error(`not one line of JSON (exit ${code}): ${stdout}${stderr}`)
  }
  return { code, value: JSON.parse(stdout) as T, stderr }
}

async function answers(client: Client, running: Running): Promise<boolean> {
  if (running.child.exitCode !== null) throw new Error(`it has ended: ${running.stderr()}`)
  return client.isLive()
}

async function readyStatus(client: Client): Promise<StatusView | undefined> {
  const status = await client.status()
  return status.state === 'ready' ? status : undefined
}
