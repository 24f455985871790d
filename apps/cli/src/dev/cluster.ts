import { setTimeout as delay } from 'node:timers/promises'
import { createClient } from '@quorate/client'
import type { Client } from '@quorate/client'
import { QuorateError } from '@quorate/contracts'
import { socketOf } from '../session.ts'
import type { DevHome } from './homes.ts'
import { startPeer } from './peer-process.ts'
import type { PeerProcess } from './peer-process.ts'

export interface DevPeer {
  readonly name: string
  readonly peerId: string
  readonly home: string
  readonly api: string
  readonly pid: number
}

/** A group whose peers run on this machine. */
export interface Cluster {
  readonly processes: readonly PeerProcess[]
  readonly clients: readonly Client[]
  /** Starts a peer again that has ended, on its home, and waits until its API answers. */
  restart(index: number): Promise<void>
  /** Calls back when a peer ends that was not asked to; of those that run when it is called. */
  onLoss(report: (why: QuorateError) => void): void
  /** Until all of them are ready. Errors: why one of them is not. */
  ready(say: (stage: string) => void): Promise<readonly DevPeer[]>
  /** The peers with the pids that they have now. */
  peers(peers: readonly DevPeer[]): readonly DevPeer[]
  stop(): Promise<void>
}

const READY_MS_MAX = 60_000
const POLL_MS = 50

export function startCluster(homes: readonly DevHome[], signal: AbortSignal): Cluster {
  const processes = homes.map(startPeer)
  const stopping = new AbortController()
  const over = AbortSignal.any([signal, stopping.signal])
  const clients = homes.map(({ home }) => createClient({ api: socketOf(home), signal: over }))
  return {
    processes,
    clients,
    restart: async index => {
      const home = homes[index]
      if (home === undefined) return
      processes[index] = startPeer(home)
      await retry(async () => clients[index]?.status(), Date.now() + READY_MS_MAX)
    },
    onLoss: report => {
      for (const { ended } of processes) void reportLoss(ended, over, report)
    },
    ready: async say => {
      const failed = Promise.race(processes.map(({ ended }) => ended)).then(error => Promise.reject(error))
      return Promise.race([becomeReady({ processes, clients }, say), failed])
    },
    peers: peers => peers.map((peer, index) => ({ ...peer, pid: processes[index]?.pid ?? peer.pid })),
    stop: async () => {
      stopping.abort()
      await Promise.all(processes.map(process => process.stop()))
      for (const client of clients) client.close()
    }
  }
}

async function reportLoss(
  ended: Promise<QuorateError>,
  over: AbortSignal,
  report: (why: QuorateError) => void
): Promise<void> {
  const why = await ended
  if (!over.aborted) report(why)
}

async function becomeReady(
  { processes, clients }: Pick<Cluster, 'processes' | 'clients'>,
  say: (stage: string) => void
): Promise<readonly DevPeer[]> {
  const untilMs = Date.now() + READY_MS_MAX
  say(`Starting ${processes.length} peers`)
  const contacts = await Promise.all(clients.map(client => retry(() => contactOf(client), untilMs)))
  say('Introducing them to each other')
  await Promise.all(clients.map(client => introduce(client, contacts)))
  say('Waiting until they can decide')
  await Promise.all(clients.map(client => retry(() => requireReady(client), untilMs)))
  return processes.map(({ name, home, pid }, index) => ({
    name,
    peerId: contacts[index]?.peerId ?? '',
    home,
    api: socketOf(home),
    pid
  }))
}

interface Contact {
  readonly peerId: string
  readonly addresses: readonly string[]
}

async function contactOf(client: Client): Promise<Contact> {
  const { peerId, addresses } = await client.status()
  if (addresses !== undefined) return { peerId, addresses }
  const own = (await client.peers()).find(peer => peer.peerId === peerId)
  return { peerId, addresses: own?.addresses ?? [] }
}

async function introduce(client: Client, contacts: readonly Contact[]): Promise<void> {
  const { peerId } = await client.status()
  const others = contacts.filter(contact => contact.peerId !== peerId && contact.addresses.length > 0)
  for (const contact of others) await client.connect(contact)
}

async function requireReady(client: Client): Promise<void> {
  const { state, member } = await client.status()
  if (state !== 'ready') throw new QuorateError('QRT_STARTING', `${member} is not ready: ${state}.`)
}

/** Tries again what a daemon that starts cannot do yet. */
async function retry<T>(attempt: () => Promise<T>, untilMs: number): Promise<T> {
  for (;;) {
    try {
      return await attempt()
    } catch (error) {
      if (!isPassing(error) || Date.now() > untilMs) throw error
      await delay(POLL_MS)
    }
  }
}

function isPassing(error: unknown): boolean {
  return (
    error instanceof QuorateError && ['QRT_UNREACHABLE', 'QRT_STARTING', 'QRT_NO_QUORUM'].includes(error.code)
  )
}
