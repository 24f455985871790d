import { StrictNoSign } from '@libp2p/gossipsub'
import type { GossipsubOpts } from '@libp2p/gossipsub'
import type { GroupId, PeerId, Reach } from '@quorate/contracts'
import { concatBytes, sha256, sha256Bytes, toHex, utf8 } from '@quorate/core'
import type { Counters } from './counters.ts'
import type { NetworkLimits } from './limits.ts'

/** The two topics of a group, by what they carry (docs/protocol/wire.md, W91). */
export const topicsOf = (groupId: GroupId): Readonly<Record<Reach, string>> => ({
  members: `quorate/${groupId}/v1/frames`,
  voters: `quorate/${groupId}/v1/votes`
})

const DOMAIN = 'quorate/v1/gossip'
const MESSAGE_ID_BYTES = 20

/**
 * The id under which a message is known to all peers, whoever relays it.
 * Source: docs/protocol/wire.md, W92: sha256(domain, 0, topic, 0, data), the first 20 bytes.
 */
export const messageId = (topic: string, data: Uint8Array): Uint8Array =>
  sha256Bytes(concatBytes(utf8(`${DOMAIN}\0${topic}\0`), data)).subarray(0, MESSAGE_ID_BYTES)

export interface GossipOptionsInit {
  readonly groupId: GroupId
  readonly limits: NetworkLimits
  readonly counters: Counters
  /** 0 or less; below `GRAYLIST` the peer is not listened to. */
  readonly scoreOf: (peer: PeerId) => number
}

const GRAYLIST = -60
/** How long the same bytes are suppressed: longer than a message can travel, shorter than memory is worth. */
const SEEN_MS = 60_000
/** Larger than any RPC of ours: the replies are cut at a quarter of it (gossip-bounds.ts). */
const RPC_BYTES_MAX = 4 * 1024 * 1024
const WRITE_BUFFER_BYTES_MAX = 8 * 1024 * 1024

/**
 * Options of gossipsub.
 *
 * - Our frames are signed, so its own signatures are off (StrictNoSign).
 * - Nobody is scored by address: many members may share one. Nor by deliveries: our own score says who misbehaves.
 * - The limits on what is decoded are as tight as honest peers allow: an RPC past them is lost as a whole.
 */
export const gossipOptions = (init: GossipOptionsInit): Partial<GossipsubOpts> => ({
  globalSignaturePolicy: StrictNoSign,
  msgIdFn: message => messageId(message.topic, message.data),
  msgIdToStrFn: toHex,
  fastMsgIdFn: message => fastMessageId(message, init.counters),
  allowedTopics: Object.values(topicsOf(init.groupId)),
  D: 8,
  Dlo: 6,
  Dhi: 12,
  heartbeatInterval: init.limits.gossipHeartbeatMs,
  floodPublish: true,
  batchPublish: true,
  fallbackToFloodsub: false,
  doPX: false,
  tagMeshPeers: false,
  allowPublishToZeroTopicPeers: true,
  ignoreDuplicatePublishError: true,
  seenTTL: SEEN_MS,
  idontwantMinDataSize: 16 * 1024,
  maxInboundDataLength: RPC_BYTES_MAX,
  maxOutboundBufferSize: WRITE_BUFFER_BYTES_MAX,
  maxInboundStreams: 4,
  maxOutboundStreams: 4,
  decodeRpcLimits: {
    maxSubscriptions: 16,
    maxMessages: 5_000,
    maxIhaveMessageIDs: 5_000,
    maxIwantMessageIDs: 5_000,
    maxIdontwantMessageIDs: 512,
    maxControlMessages: 64,
    maxPeerInfos: 16
  },
  scoreParams: {
    topics: {},
    appSpecificScore: init.scoreOf,
    appSpecificWeight: 1,
    IPColocationFactorWeight: 0,
    behaviourPenaltyWeight: 0,
    retainScore: 0
  },
  scoreThresholds: {
    gossipThreshold: -20,
    publishThreshold: -40,
    graylistThreshold: GRAYLIST,
    opportunisticGraftThreshold: 0
  }
})

type RawMessage = Parameters<GossipsubOpts['fastMsgIdFn']>[0]

const NO_KEY = new Uint8Array(0)

/**
 * The id of a raw message for the duplicate filter, which is asked before anything else looks at the message.
 *
 * It is also where a message that names its author (`from`) is spoiled: other implementations refuse such a message
 * under StrictNoSign, this one would forward it, and we would be blamed. With a `key` it is refused here as well.
 */
const fastMessageId = (message: RawMessage, counters: Counters): string => {
  const id = `${sha256(message.data ?? NO_KEY)}${message.topic}`
  if (message.from === undefined) return id
  counters.count('gossip-from-refused')
  message.key = NO_KEY
  return `from ${id}`
}
