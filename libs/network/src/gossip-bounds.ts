import type { GossipSub } from '@libp2p/gossipsub'
import type { PeerId } from '@quorate/contracts'
import { invariant } from '@quorate/core'

/** What is reached of gossipsub's private parts. Checked at the start, so that an upgrade cannot lose it unnoticed. */
interface GossipInternals {
  readonly streamsOutbound: Map<string, unknown>
  readonly topics: Map<string, Set<string>>
  readonly seenCache: TimeCache
  readonly fastMsgIdCache: TimeCache
  readonly publishedMessageIds: TimeCache
  readonly mcache: { getWithIWantCount(id: string, peer: string): CachedMessage | null }
  readonly score: Record<(typeof DELIVERY_TRACKERS)[number], (...args: never[]) => void>
}

interface TimeCache {
  readonly entries: Map<string | number, unknown>
  has(key: string): boolean
  put(key: string | number, value: unknown): boolean
}

interface CachedMessage {
  readonly msg: { readonly data?: Uint8Array }
}

/** Only topic scores read these records, and we have none; they would be kept for two minutes a message. */
const DELIVERY_TRACKERS = ['validateMessage', 'deliverMessage', 'rejectMessage', 'duplicateMessage'] as const

const SEEN_MAX = 100_000
const REPLY_BYTES_MAX = 1024 * 1024

export interface GossipBounds {
  /** Would publishing this message be suppressed as a repeat? */
  hasSeen(messageId: string): boolean
  /** Would it be sent to this peer? Not before the peer has subscribed, nor without a stream to it. */
  reaches(peer: PeerId, topic: string): boolean
}

/**
 * Puts bounds where gossipsub has none: the number of message ids that it remembers (a flood of distinct messages would
 * fill memory), and the size of one reply to IWANT (one RPC above the receiver's limit silences the peer for good).
 */
export const boundGossip = (gossip: GossipSub): GossipBounds => {
  const internals = gossip as unknown as GossipInternals
  const caches = [internals.seenCache, internals.fastMsgIdCache, internals.publishedMessageIds]
  invariant(
    [...caches.map(cache => cache?.entries), internals.streamsOutbound, internals.topics].every(
      it => it instanceof Map
    ) && typeof internals.mcache?.getWithIWantCount === 'function',
    'gossipsub keeps its caches elsewhere now'
  )
  for (const cache of caches) boundCache(cache)
  boundReplies(internals.mcache)
  for (const name of DELIVERY_TRACKERS) internals.score[name] = () => undefined
  return {
    hasSeen: id => internals.seenCache.has(id),
    reaches: (peer, topic) =>
      internals.streamsOutbound.has(peer) && (internals.topics.get(topic)?.has(peer) ?? false)
  }
}

const boundCache = (cache: TimeCache): void => {
  const put = cache.put.bind(cache)
  cache.put = (key, value) => {
    const oldest = cache.entries.size >= SEEN_MAX ? cache.entries.keys().next() : undefined
    if (oldest?.done === false) cache.entries.delete(oldest.value)
    return put(key, value)
  }
}

/** One reply is put together in one turn; what does not fit is asked for again after the next IHAVE. */
const boundReplies = (cache: GossipInternals['mcache']): void => {
  const get = cache.getWithIWantCount.bind(cache)
  let spent = 0
  cache.getWithIWantCount = (id, peer) => {
    if (spent === 0) queueMicrotask(() => (spent = 0))
    if (spent >= REPLY_BYTES_MAX) return null
    const found = get(id, peer)
    spent += 1 + (found?.msg.data?.length ?? 0)
    return found
  }
}
