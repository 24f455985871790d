import type { Connection } from '@libp2p/interface'
import type { PeerId } from '@quorate/contracts'

/**
 * What is asked of a peer a moment after it has connected: how far away it is, and where else it listens. Not at once:
 * when many peers start together, handshakes come first, and latency measured among them would say nothing.
 */
export interface Acquaintance {
  /** Round trip in milliseconds, from the last ping on this connection; null before the first. */
  latencyMs(peer: PeerId, connection: Connection | undefined): number | null
  meet(peer: PeerId, connection: Connection): void
  forget(peer: PeerId): void
}

export interface AcquaintanceInit {
  readonly afterMs: number
  /** The connection monitor pings later, every `pingIntervalMs`; this is for the time before. */
  readonly ping: (connection: Connection) => Promise<number | undefined>
  readonly identify: (connection: Connection) => Promise<unknown>
}

export const createAcquaintance = ({ afterMs, ping, identify }: AcquaintanceInit): Acquaintance => {
  const pings = new Map<PeerId, number>()
  const ask = async (peer: PeerId, connection: Connection): Promise<void> => {
    if (connection.status !== 'open') return
    const [answer] = await Promise.allSettled([ping(connection), identify(connection)])
    if (answer.status === 'rejected' || answer.value === undefined) return
    if (connection.status === 'open') pings.set(peer, answer.value)
  }
  return {
    latencyMs: (peer, connection) => connection?.rtt ?? pings.get(peer) ?? null,
    meet: (peer, connection) => void setTimeout(() => void ask(peer, connection), afterMs).unref(),
    forget: peer => void pings.delete(peer)
  }
}
