import { request } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { createProposalReader } from '@quorate/consensus'
import { createClient, type Client } from '@quorate/client'
import { createSigning } from '@quorate/identity'
import { assembleNode, type Assembled } from '@quorate/runtime'
import { openStore } from '@quorate/storage'
import { onTestFinished } from 'vitest'
import { startApi, type ApiNode, type RunningApi } from '../../src/api/index.ts'
import { foundGroup, loadHome, readConfig, type ConfigSources } from '../../src/home/index.ts'
import { createClock } from '../../src/process/clock.ts'
import { createBuiltInHost } from '../../src/process/plugins.ts'
import { createFakeTransport, type FakeTransport } from './fake-transport.ts'
import { tempFolder } from './temp-home.ts'

export interface ApiNodeInit {
  /** Voters of the group; this node is the first. Default 1. */
  readonly voters?: number
  readonly flags?: ConfigSources['flags']
}

export interface Reply {
  readonly status: number
  readonly type: string
  readonly body: never
}

/** A real node on a real store, with its control API on a real socket, and no network. */
export interface ApiUnderTest extends Assembled {
  readonly home: string
  readonly api: RunningApi
  readonly apiNode: ApiNode
  readonly transport: FakeTransport
  readonly peerIds: readonly string[]
  readonly client: Client
  readonly call: (method: string, path: string, init?: CallInit) => Promise<Reply>
  stop(): Promise<void>
}

export interface CallInit {
  readonly body?: unknown
  /** Instead of `body`, as it is. */
  readonly text?: string
  readonly headers?: { readonly [name: string]: string }
  /** `http://127.0.0.1:PORT`; default: the socket. */
  readonly http?: string
}

export const startApiNode = async (init: ApiNodeInit = {}): Promise<ApiUnderTest> => {
  const folder = tempFolder()
  const names = Array.from({ length: init.voters ?? 1 }, (_, i) => `peer-${i + 1}`)
  const { peers } = foundGroup({
    homes: names.map(name => `${folder}/${name}`),
    name: 'test',
    members: names
  })
  return openApiNode(peers[0]?.home as string, init)
}

/** The node of a home that is there already. */
export const openApiNode = async (home: string, init: ApiNodeInit = {}): Promise<ApiUnderTest> => {
  const loaded = loadHome(home)
  const settings = readConfig(home, { env: {}, ...(init.flags && { flags: init.flags }) })
  const store = openStore({ directory: loaded.paths.data })
  const plugins = createBuiltInHost()
  await plugins.start()
  const { founding, groupId, key } = loaded
  const signing = createSigning({ key, groupId })
  const peerIds = founding.members.map(({ peerId }) => peerId)
  const transport = createFakeTransport(peerIds)
  const clock = createClock()
  const failures: unknown[] = []
  const assembled = assembleNode({
    plugins,
    groupId,
    founding,
    signing,
    store,
    transport,
    clock,
    settings: { ballots: { policy: settings.config['ballot.policy'] } },
    onFatal: error => failures.push(error)
  })
  const now = () => clock.now()
  const open = (frame: Uint8Array) => signing.open(frame)
  const silent = () => undefined
  const apiNode: ApiNode = {
    ...assembled,
    store,
    signing,
    transport,
    networkCounters: () => ({}),
    founding,
    groupId,
    config: settings.config,
    configEntries: settings.entries,
    proposals: createProposalReader({
      store,
      ledger: assembled.ledger,
      open,
      now,
      isoTime: ms => new Date(ms).toISOString()
    }),
    log: { info: silent, warn: silent, error: (line: object) => failures.push(line) },
    now
  }
  assembled.node.start()
  const api = await startApi({ node: apiNode, home, paths: loaded.paths })
  const client = createClient({ api: api.socket })
  let stopped = false
  const stop = async (): Promise<void> => {
    if (stopped) return
    stopped = true
    client.close()
    await api.stop()
    assembled.node.stop()
    await plugins.stop()
    store.close()
    if (failures.length > 0) throw new Error('the node or the API failed', { cause: failures[0] })
  }
  onTestFinished(stop)
  const call = (method: string, path: string, callInit: CallInit = {}): Promise<Reply> =>
    callApi(api.socket, { method, path, ...callInit })
  return { ...assembled, home, api, apiNode, transport, peerIds, client, call, stop }
}

export const callApi = (
  socketPath: string,
  { method, path, body, text, headers, http }: CallInit & { readonly method: string; readonly path: string }
): Promise<Reply> =>
  new Promise((resolve, reject) => {
    const payload = text ?? (body === undefined ? undefined : JSON.stringify(body))
    const target = http === undefined ? { socketPath } : portOf(http)
    const type = payload === undefined ? {} : { 'content-type': 'application/json' }
    const sent = request({ ...target, method, path, headers: { ...type, ...headers } }, response => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => {
        const answer = Buffer.concat(chunks).toString()
        resolve({
          status: response.statusCode ?? 0,
          type: response.headers['content-type'] ?? '',
          body: (answer.startsWith('{') || answer.startsWith('[') ? JSON.parse(answer) : answer) as never
        })
      })
    })
    sent.on('error', reject)
    sent.end(payload)
  })

const portOf = (http: string): { host: string; port: number } => ({
  host: '127.0.0.1',
  port: Number(new URL(http).port)
})

/** Looks again and again until the value is there. */
export const eventually = async <T>(look: () => T | undefined | Promise<T | undefined>): Promise<T> => {
  for (let i = 0; i < 500; i++) {
    const value = await look()
    if (value !== undefined) return value
    await delay(10)
  }
  throw new Error('it did not come')
}
