import { gossipsub, TopicValidatorResult } from '@libp2p/gossipsub'
import type { GossipSub, GossipSubComponents } from '@libp2p/gossipsub'
import type { Connection } from '@libp2p/interface'
import type { GroupId, PeerId, Reach, Verdict } from '@quorate/contracts'
import { toHex } from '@quorate/core'
import type { Counters } from './counters.ts'
import { boundGossip } from './gossip-bounds.ts'
import type { GossipBounds } from './gossip-bounds.ts'
import { gossipOptions, messageId, topicsOf } from './gossip-options.ts'
import { createGossipWatch } from './gossip-watch.ts'
import type { GossipWatch } from './gossip-watch.ts'
import type { NetworkLimits } from './limits.ts'

/** Gossip between all members: it may lose, repeat and reorder, and reaches those that no stream of ours reaches. */
export interface Gossip {
  /** To be given to libp2p as a service. */
  readonly service: (components: GossipSubComponents) => GossipSub
  /** Subscribes and starts to watch; after libp2p has started. */
  start(): void
  /** Publishes, unless these bytes were published lately: repeats are suppressed by all peers and travel by streams. */
  publish(frame: Uint8Array, reach: Reach): boolean
  /** Those of the peers that gossip does not reach, though they are connected: they have not subscribed yet. */
  lacking(peers: readonly PeerId[], reach: Reach): readonly PeerId[]
  /** Uses this connection from now on, if gossip has no stream to the peer yet. */
  wake(connection: Connection): void
  stop(): void
}

export interface GossipInit {
  readonly groupId: GroupId
  readonly limits: NetworkLimits
  readonly counters: Counters
  readonly scoreOf: (peer: PeerId) => number
  readonly links: () => readonly (readonly [PeerId, Connection])[]
  readonly onFrame: (frame: Uint8Array, from: PeerId, reach: Reach) => Verdict
  readonly onViolation: (peer: PeerId, code: string) => void
}

interface Running {
  readonly gossip: GossipSub
  readonly bounds: GossipBounds
  readonly watch: GossipWatch
}

const REACHES: readonly Reach[] = ['members', 'voters']

export const createGossip = (init: GossipInit): Gossip => {
  const { counters, limits } = init
  const topics = topicsOf(init.groupId)
  let running: Running | undefined
  let timer: NodeJS.Timeout | undefined

  return {
    service(components) {
      const gossip = gossipsub(gossipOptions(init))(components)
      const { registrar } = components
      const watch = createGossipWatch({ gossip, registrar, topics: Object.values(topics), counters })
      for (const reach of REACHES) gossip.topicValidators.set(topics[reach], validator(init, reach))
      running = { gossip, bounds: boundGossip(gossip), watch }
      return gossip
    },
    start() {
      for (const topic of Object.values(topics)) running?.gossip.subscribe(topic)
      timer = setInterval(() => running?.watch.check(init.links()), limits.gossipWatchMs).unref()
    },
    publish(frame, reach) {
      const topic = topics[reach]
      if (running === undefined || running.bounds.hasSeen(toHex(messageId(topic, frame)))) return false
      counters.count('gossip-out')
      running.gossip.publish(topic, frame).catch(() => counters.count('gossip-publish-failed'))
      return true
    },
    lacking: (peers, reach) => peers.filter(peer => running?.bounds.reaches(peer, topics[reach]) !== true),
    wake: connection => running?.watch.wake(connection),
    stop() {
      clearInterval(timer)
      running = undefined
    }
  }
}

/**
 * Judges a message as it arrives. Synchronous, so that neither a rejected nor an ignored message is ever cached, and
 * gossipsub's asynchronous validation has nothing to wait for.
 */
const validator =
  ({ limits, counters, onFrame, onViolation }: GossipInit, reach: Reach) =>
  (peer: { toString(): string }, { data }: { readonly data: Uint8Array }): TopicValidatorResult => {
    const from = peer.toString()
    counters.count('gossip-in')
    if (data.length === 0 || data.length > limits.gossipFrameBytesMax) {
      onViolation(from, 'gossip-oversize')
      return TopicValidatorResult.Reject
    }
    return RESULTS[onFrame(new Uint8Array(data), from, reach).outcome]
  }

const RESULTS = {
  accept: TopicValidatorResult.Accept,
  ignore: TopicValidatorResult.Ignore,
  reject: TopicValidatorResult.Reject
} as const
