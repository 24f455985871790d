import type { Client } from '@quorate/client'
import type { GroupExport } from '@quorate/contracts'
import type { DevHome } from '../homes.ts'
import type { Narrator } from './narrator.ts'

/** One peer of the demo: its client, and power over its process. */
export interface DemoPeer extends DevHome {
  readonly peerId: string
  readonly client: Client
  readonly pid: () => number
  /** SIGKILL: no time to say goodbye. */
  kill(): Promise<void>
  /** SIGTERM, and waits. */
  stop(): Promise<void>
  /** Starts it again on its home and waits until its API answers. */
  start(): Promise<void>
}

export interface DemoContext {
  readonly peers: readonly DemoPeer[]
  readonly group: GroupExport
  readonly narrator: Narrator
  readonly signal: AbortSignal
}

export const peerCalled = ({ peers }: DemoContext, peerId: string): DemoPeer | undefined =>
  peers.find(peer => peer.peerId === peerId)

export const nameOf = (context: DemoContext, peerId: string): string =>
  peerCalled(context, peerId)?.name ?? peerId
