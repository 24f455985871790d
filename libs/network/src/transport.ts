import { multiaddr } from '@multiformats/multiaddr'
import type { GroupId, PeerId, PeerStatus, Transport, TransportEvents } from '@quorate/contracts'
import { ignore } from '@quorate/contracts'
import { createAcquaintance } from './acquaintance.ts'
import { createCounters } from './counters.ts'
import { createExchange } from './exchange.ts'
import { DEFAULT_LIMITS } from './limits.ts'
import type { NetworkLimits } from './limits.ts'
import { noLog } from './log.ts'
import type { Log } from './log.ts'
import { createNode, startNode, stopNode } from './node.ts'
import type { Node } from './node.ts'
import { STREAM_PROTOCOL } from './outbound-stream.ts'
import { peerIdFromSeed, privateKeyFromSeed } from './peer-key.ts'
import { createPeering } from './peering.ts'
import { createScores } from './score.ts'

export interface Libp2pTransportInit {
  /** Raw Ed25519 seed, 32 bytes. */
  readonly privateKey: Uint8Array
  readonly groupId: GroupId
  /** Multiaddrs, for example `/ip4/0.0.0.0/tcp/4001`. None: this node only dials. */
  readonly listen: readonly string[]
  readonly members: readonly PeerId[]
  readonly voters: readonly PeerId[]
  readonly onLog?: Log
  readonly limits?: Partial<NetworkLimits>
}

export interface Libp2pTransport extends Transport {
  readonly self: PeerId
  /** Totals since the start: frames and bytes in and out, what was dropped or refused, by reason. */
  counters(): Record<string, number>
}

/** What happens before the start and after the end: nothing. */
const SILENT: TransportEvents = { onFrame: () => ignore('stopped'), onPeer: () => undefined }

const STREAMS_IN_MAX = 3
const STREAMS_OUT_MAX = 8

/**
 * The transport on libp2p. Nothing is opened before `start`; a stopped transport is not started again.
 *
 * Gossip carries the same bytes only once within its memory of a minute, so a frame that is broadcast again travels by
 * streams, and from hand to hand where peers are not directly connected.
 * Errors: `start` throws QRT_PORT_IN_USE or QRT_CONFIG when it cannot listen. Nothing else throws.
 */
export const createLibp2pTransport = (init: Libp2pTransportInit): Libp2pTransport => {
  const limits = { ...DEFAULT_LIMITS, ...init.limits }
  const log = init.onLog ?? noLog
  const self = peerIdFromSeed(init.privateKey)
  const counters = createCounters()
  const scores = createScores({ halfLifeMs: limits.scoreHalfLifeMs, now: Date.now })
  let node: Node | undefined
  let events = SILENT

  const charge = (peer: PeerId, code: string): void => {
    counters.count(`refused-${code}`)
    const score = scores.charge(peer, code)
    if (score > limits.scoreMin || peering.admission.refusal(peer) !== undefined) return
    counters.count('peers-banned')
    log('warn', 'peer refused for a while', { peer, code, score: Math.round(score) })
    peering.ban(peer)
  }
  const acquaintance = createAcquaintance({
    afterMs: limits.acquaintAfterMs,
    ping: async ({ remotePeer }) =>
      node?.services.ping.ping(remotePeer, { signal: AbortSignal.timeout(limits.pingTimeoutMs) }),
    identify: async connection => node?.services.identify.identify(connection)
  })
  const peering = createPeering({
    self,
    limits,
    counters,
    dial: async (addresses, signal) =>
      node?.dial(
        addresses.map(it => multiaddr(it)),
        { signal }
      ),
    onBest(peer, best) {
      exchange.streams.follow(peer, best)
      acquaintance.forget(peer)
      if (best === undefined) return
      exchange.gossip.wake(best)
      acquaintance.meet(peer, best)
    }
  })
  const exchange = createExchange({
    groupId: init.groupId,
    limits,
    counters,
    log,
    peering: () => peering,
    charge,
    scoreOf: peer => (peering.admission.isMember(peer) ? scores.get(peer) : limits.scoreMin),
    onFrame: (frame, from) => events.onFrame(frame, from),
    onPeer(peer, open) {
      log('debug', open ? 'peer reachable' : 'peer not reachable', { peer })
      events.onPeer(peer, open)
    }
  })
  const statusOf = (peer: PeerId): PeerStatus => ({
    peerId: peer,
    connected: exchange.streams.isOpen(peer),
    addresses: peering.book.get(peer),
    latencyMs: acquaintance.latencyMs(peer, peering.links.best(peer)),
    score: scores.get(peer)
  })
  const prepareNode = async (): Promise<Node> => {
    const privateKey = privateKeyFromSeed(init.privateKey)
    const { gater } = peering.admission
    const gossip = exchange.gossip.service
    const fresh = await createNode({ privateKey, listen: init.listen, limits, gater, gossip })
    fresh.addEventListener('connection:open', ({ detail }) => peering.opened(detail))
    fresh.addEventListener('connection:close', ({ detail }) => peering.closed(detail))
    fresh.addEventListener('peer:identify', ({ detail }) => {
      peering.book.append(detail.peerId.toString(), detail.listenAddrs.map(String))
    })
    const bounds = { maxInboundStreams: STREAMS_IN_MAX, maxOutboundStreams: STREAMS_OUT_MAX }
    await fresh.handle(STREAM_PROTOCOL, exchange.streams.onInbound, bounds)
    return fresh
  }

  peering.admit(init.members, init.voters)

  return {
    self,
    counters: () => counters.all(),
    async start(next) {
      events = next
      node = await prepareNode()
      await startNode(node, init.listen)
      exchange.gossip.start()
      peering.start()
      log('info', 'network started', { self, addresses: node.getMultiaddrs().map(String) })
    },
    async stop() {
      events = SILENT
      peering.stop()
      exchange.gossip.stop()
      exchange.streams.stop()
      const running = node
      node = undefined
      if (running !== undefined) await stopNode(running, limits.stopTimeoutMs)
    },
    send: (to, frame) => exchange.send(to, frame),
    broadcast: (frame, reach) => exchange.broadcast(frame, reach),
    charge,
    admit: (members, voters) => peering.admit(members, voters),
    addAddresses: (peer, addresses) => peering.addAddresses(peer, addresses),
    addresses: () => node?.getMultiaddrs().map(String) ?? [],
    peers: () => peering.admission.members().map(statusOf)
  }
}
