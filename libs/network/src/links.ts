import type { Connection } from '@libp2p/interface'
import type { PeerId } from '@quorate/contracts'
import type { NetworkLimits } from './limits.ts'

/**
 * The open connections of each peer, and which of them is used.
 *
 * Both ends may dial at the same time. Then both keep the connection that the smaller peer id dialled, move their
 * streams to it, and close the other a moment later. A connection that comes later than that replaces the older one:
 * the other end has restarted, or lost the old connection without our seeing it.
 */
export interface Links {
  /** The connection to use; undefined when there is none. */
  best(peer: PeerId): Connection | undefined
  count(peer: PeerId): number
  /** Each connected peer with its best connection. */
  entries(): readonly (readonly [PeerId, Connection])[]
  opened(connection: Connection): void
  /** False when the connection was not known: it was refused when it opened. */
  closed(connection: Connection): boolean
  /** Cuts every connection of the peer. */
  cut(peer: PeerId, reason: string): void
  stop(): void
}

export interface LinksInit {
  readonly self: PeerId
  readonly limits: NetworkLimits
  /** The best connection of the peer has changed; undefined: the last one is gone. */
  readonly onBest: (peer: PeerId, best: Connection | undefined) => void
}

export const createLinks = ({ self, limits, onBest }: LinksInit): Links => {
  const links = new Map<PeerId, Connection[]>()
  const bests = new Map<PeerId, Connection>()
  const graces = new Set<NodeJS.Timeout>()

  const settle = (peer: PeerId): void => {
    const best = bestOf(links.get(peer) ?? [], { self, peer, simultaneousMs: limits.simultaneousMs })
    if (best === bests.get(peer)) return
    if (best === undefined) bests.delete(peer)
    else bests.set(peer, best)
    onBest(peer, best)
  }
  const closeDuplicatesLater = (peer: PeerId): void => {
    const timer = setTimeout(() => {
      graces.delete(timer)
      const spare = (links.get(peer) ?? []).filter(connection => connection !== bests.get(peer))
      for (const connection of spare) closeGently(connection)
    }, limits.duplicateGraceMs)
    timer.unref()
    graces.add(timer)
  }

  return {
    best: peer => bests.get(peer),
    count: peer => links.get(peer)?.length ?? 0,
    entries: () => [...bests],
    opened(connection) {
      const peer = connection.remotePeer.toString()
      const known = links.get(peer) ?? []
      links.set(peer, [...known, connection])
      if (known.length > 0) closeDuplicatesLater(peer)
      settle(peer)
    },
    closed(connection) {
      const peer = connection.remotePeer.toString()
      const known = links.get(peer) ?? []
      if (!known.includes(connection)) return false
      const left = known.filter(other => other !== connection)
      if (left.length > 0) links.set(peer, left)
      else links.delete(peer)
      settle(peer)
      return true
    },
    cut(peer, reason) {
      for (const connection of links.get(peer) ?? []) connection.abort(new Error(reason))
    },
    stop() {
      for (const timer of graces) clearTimeout(timer)
      graces.clear()
    }
  }
}

interface Pair {
  readonly self: PeerId
  readonly peer: PeerId
  readonly simultaneousMs: number
}

const bestOf = (connections: readonly Connection[], pair: Pair): Connection | undefined => {
  const byAge = connections.toSorted((a, b) => b.timeline.open - a.timeline.open)
  const newest = byAge[0]
  if (newest === undefined) return undefined
  const together = byAge.filter(it => newest.timeline.open - it.timeline.open <= pair.simultaneousMs)
  const direction = pair.self < pair.peer ? 'outbound' : 'inbound'
  return together.find(connection => connection.direction === direction) ?? newest
}

const closeGently = (connection: Connection): void => {
  connection.close().catch((error: unknown) => {
    connection.abort(error instanceof Error ? error : new Error(String(error)))
  })
}
