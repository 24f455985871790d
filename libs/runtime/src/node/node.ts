import type { Clock, Command, Machine, PeerId, Signing, Store, Transport, Verdict } from '@quorate/contracts'
import { createBoundary } from './boundary.ts'
import { createDriver } from './driver.ts'
import { createEventLog, type EventLog, type LoggedEvent } from './event-log.ts'
import { createRouter } from './router.ts'

export interface NodeInit {
  readonly machines: readonly Machine[]
  readonly signing: Signing
  readonly store: Store
  readonly transport: Pick<Transport, 'send' | 'broadcast' | 'charge'>
  readonly clock: Clock
  readonly isMember: (peer: PeerId) => boolean
  /** The store failed or an invariant broke; the node has stopped. */
  readonly onFatal: (error: unknown) => void
}

/** One node: the machines, the boundary, the loop. The daemon and the simulator drive the very same one. */
export interface QuorateNode {
  start(): void
  stop(): void
  frame(frame: Uint8Array, from: PeerId): Verdict
  peer(peer: PeerId, connected: boolean): void
  command(command: Command): void
  /** Calls the listener for every event; returns what ends it. A listener that throws is dropped. */
  subscribe(listener: (event: LoggedEvent) => void): () => void
  readonly events: Pick<EventLog, 'since' | 'last'>
  counters(): { readonly [code: string]: number }
}

export const createNode = (init: NodeInit): QuorateNode => {
  const listeners = new Set<(event: LoggedEvent) => void>()
  const events = createEventLog(init.store)

  const tell = (event: LoggedEvent): void => {
    for (const listener of listeners) {
      try {
        listener(event)
      } catch {
        listeners.delete(listener)
      }
    }
  }

  const driver = createDriver({
    router: createRouter(init.machines),
    store: init.store,
    transport: init.transport,
    clock: init.clock,
    events,
    receive: createBoundary(init),
    onEvent: tell,
    onFatal: init.onFatal
  })

  return {
    start: driver.start,
    stop: driver.stop,
    frame: driver.frame,
    peer: driver.peer,
    command: driver.command,
    subscribe: listener => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    events,
    counters: driver.counters
  }
}
