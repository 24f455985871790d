import { noise } from '@chainsafe/libp2p-noise'
import type { GossipSub, GossipSubComponents } from '@libp2p/gossipsub'
import { identify } from '@libp2p/identify'
import type { Identify } from '@libp2p/identify'
import type { ConnectionGater, Libp2p, PrivateKey } from '@libp2p/interface'
import { ping } from '@libp2p/ping'
import type { Ping } from '@libp2p/ping'
import { tcp } from '@libp2p/tcp'
import { QuorateError } from '@quorate/contracts'
import { createLibp2p } from 'libp2p'
import type { NetworkLimits } from './limits.ts'
import { reasonOf } from './log.ts'
import { boundedYamux } from './muxer.ts'
import { noiseCrypto } from './noise-crypto.ts'
import { quietLogger } from './quiet-logger.ts'

export type Node = Libp2p<{ identify: Identify; ping: Ping; gossip: GossipSub }>

export interface NodeInit {
  readonly privateKey: PrivateKey
  readonly listen: readonly string[]
  readonly limits: NetworkLimits
  readonly gater: ConnectionGater
  readonly gossip: (components: GossipSubComponents) => GossipSub
}

/** A libp2p node that is not started yet: TCP, noise, yamux, identify, ping, gossipsub, and nothing else. */
export const createNode = ({ privateKey, listen, limits, gater, gossip }: NodeInit): Promise<Node> => {
  const logger = quietLogger()
  return createLibp2p({
    start: false,
    ...(logger === undefined ? {} : { logger }),
    privateKey,
    nodeInfo: { name: 'quorate', version: '1', userAgent: 'quorate/1' },
    addresses: { listen: [...listen] },
    transports: [tcp({ maxConnections: limits.connectionsMax + limits.pendingInboundMax })],
    connectionEncrypters: [noise({ crypto: noiseCrypto })],
    streamMuxers: [boundedYamux],
    connectionGater: gater,
    connectionManager: {
      maxConnections: limits.connectionsMax,
      maxIncomingPendingConnections: limits.pendingInboundMax,
      inboundConnectionThreshold: limits.inboundPerHostPerSecondMax,
      inboundUpgradeTimeout: limits.upgradeTimeoutMs,
      dialTimeout: limits.dialTimeoutMs,
      addressDialTimeout: limits.dialTimeoutMs / 2,
      maxPeerAddrsToDial: limits.addressesPerPeerMax,
      addressSorter: () => 0, // ours is the order: newest first
      outboundStreamProtocolNegotiationTimeout: limits.streamOpenTimeoutMs,
      inboundStreamProtocolNegotiationTimeout: limits.streamOpenTimeoutMs,
      reconnectRetries: 0 // redialling is ours
    },
    connectionMonitor: {
      pingInterval: limits.pingIntervalMs,
      pingTimeout: { minTimeout: limits.pingTimeoutMs }
    },
    services: { identify: identify({ runOnConnectionOpen: false }), ping: ping(), gossip }
  })
}

/** Starts the node; an address that cannot be listened on is the operator's to change, and the error says which. */
export const startNode = async (node: Node, listen: readonly string[]): Promise<void> => {
  try {
    await node.start()
  } catch (cause) {
    throw listenError(reasonOf(cause), { listen, cause })
  }
}

const listenError = (
  reason: string,
  { listen, cause }: { listen: readonly string[]; cause: unknown }
): QuorateError => {
  const taken = /(\/\S+): [^\n]*EADDRINUSE/.exec(reason)?.[1]
  if (taken === undefined) {
    const message = `Cannot listen on ${listen.join(', ')}: ${reason}`
    return new QuorateError('QRT_CONFIG', message, { details: { listen }, cause })
  }
  return new QuorateError('QRT_PORT_IN_USE', `The address ${taken} is in use.`, {
    details: { address: taken },
    suggestions: ['Stop the program that uses it, or listen on another port.'],
    cause
  })
}

/** Stops gracefully; what has not closed in time is cut. */
export const stopNode = async (node: Node, timeoutMs: number): Promise<void> => {
  const deadline = setTimeout(() => {
    for (const connection of node.getConnections()) connection.abort(new Error('stopping'))
  }, timeoutMs)
  await node.stop()
  clearTimeout(deadline)
}
