import type { GossipSub, GossipSubComponents } from '@libp2p/gossipsub'
import type { Connection, Stream } from '@libp2p/interface'
import type { PeerId } from '@quorate/contracts'
import type { Counters } from './counters.ts'

/**
 * Keeps gossip awake on open connections.
 *
 * Gossipsub does not open its outbound stream again once it was closed, and forgets a peer's subscriptions when that
 * peer's stream breaks; either end may then wait for the other for ever. The first is cured by telling gossipsub of the
 * connection again; the second by resetting the inbound stream, which makes the other end open a new one and subscribe.
 */
export interface GossipWatch {
  /** Tells gossipsub of a connection at once; by itself it would wait for identify. */
  wake(connection: Connection): void
  /** Finds connected peers that gossip has lost. To be called every `gossipWatchMs`. */
  check(links: readonly (readonly [PeerId, Connection])[]): void
}

export interface GossipWatchInit {
  readonly gossip: GossipSub
  readonly registrar: GossipSubComponents['registrar']
  readonly topics: readonly string[]
  readonly counters: Counters
}

/** Younger connections are left alone: their streams are being opened. */
const YOUNG_MS = 2_000
/** So many checks in a row must miss a subscription before the stream that should have brought it is reset. */
const MISSES_MAX = 5

export const createGossipWatch = ({ gossip, registrar, topics, counters }: GossipWatchInit): GossipWatch => {
  const misses = new Map<PeerId, number>()

  const wake = (connection: Connection): void => {
    for (const protocol of gossip.protocols)
      for (const topology of registrar.getTopologies(protocol))
        void topology.onConnect?.(connection.remotePeer, connection)
  }
  /** Peers that are known to listen to all topics. */
  const subscribers = (): Set<PeerId> => {
    const [first, ...others] = topics.map(topic => new Set(gossip.getSubscribers(topic).map(String)))
    return new Set([...(first ?? [])].filter(peer => others.every(other => other.has(peer))))
  }
  const checkStream = (connection: Connection): void => {
    if (gossipStreams(connection, 'outbound').some(it => it.writeStatus === 'writable')) return
    counters.count('gossip-reopened')
    wake(connection)
  }
  const checkSubscription = (peer: PeerId, connection: Connection): void => {
    const missed = (misses.get(peer) ?? 0) + 1
    misses.set(peer, missed % MISSES_MAX)
    if (missed < MISSES_MAX) return
    for (const stream of gossipStreams(connection, 'inbound')) {
      counters.count('gossip-resubscribed')
      stream.abort(new Error('no subscription'))
    }
  }

  return {
    wake,
    check(links) {
      const subscribed = subscribers()
      const connected = new Set(links.map(([peer]) => peer))
      for (const peer of misses.keys()) if (subscribed.has(peer) || !connected.has(peer)) misses.delete(peer)
      for (const [peer, connection] of links) {
        if (Date.now() - connection.timeline.open < YOUNG_MS) continue
        checkStream(connection)
        if (!subscribed.has(peer)) checkSubscription(peer, connection)
      }
    }
  }
}

const gossipStreams = (connection: Connection, direction: Stream['direction']): Stream[] =>
  connection.streams.filter(
    stream =>
      stream.direction === direction && stream.protocol.startsWith('/meshsub/') && stream.status === 'open'
  )
