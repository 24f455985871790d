/** Transports and bare libp2p peers on loopback, and ways to wait for what they report. */
import { noise } from '@chainsafe/libp2p-noise'
import type { Libp2p } from '@libp2p/interface'
import { identify } from '@libp2p/identify'
import { gossipsub } from '@libp2p/gossipsub'
import type { GossipSub } from '@libp2p/gossipsub'
import { ping } from '@libp2p/ping'
import { tcp } from '@libp2p/tcp'
import { yamux } from '@libp2p/yamux'
import { multiaddr } from '@multiformats/multiaddr'
import type { StreamMuxerFactory } from '@libp2p/interface'
import { ACCEPT } from '@quorate/contracts'
import type { PeerId, Verdict } from '@quorate/contracts'
import { createLibp2p } from 'libp2p'
import { onTestFinished, vi } from 'vitest'
import { createLibp2pTransport, peerIdFromSeed } from '../../src/index.ts'
import type { Libp2pTransport, NetworkLimits } from '../../src/index.ts'
import { gossipOptions } from '../../src/gossip-options.ts'
import { createCounters } from '../../src/counters.ts'
import { DEFAULT_LIMITS } from '../../src/limits.ts'
import { privateKeyFromSeed } from '../../src/peer-key.ts'

vi.setConfig({ testTimeout: 40_000 })

export const GROUP = '5e'.repeat(32)
const LOOPBACK = '/ip4/127.0.0.1/tcp/0'
const WAIT_MS = 20_000

export interface TestPeer {
  readonly transport: Libp2pTransport
  readonly id: PeerId
  /** Every frame handed over, in order, as text, with its deliverer. */
  readonly frames: { readonly text: string; readonly size: number; readonly from: PeerId }[]
  /** Peers that are reachable by a stream now. */
  readonly reachable: Set<PeerId>
  received(text: string): number
  count(counter: string): number
}

export interface TestPeerInit {
  readonly members: readonly PeerId[]
  readonly voters?: readonly PeerId[]
  readonly listen?: readonly string[]
  readonly limits?: Partial<NetworkLimits>
  readonly judge?: (text: string) => Verdict
}

export const seedOf = (n: number): Uint8Array => new Uint8Array(32).fill(n)
export const idOf = (n: number): PeerId => peerIdFromSeed(seedOf(n))
export const idsOf = (...ns: readonly number[]): PeerId[] => ns.map(idOf)

export const textOf = (frame: Uint8Array): string => Buffer.from(frame.subarray(0, 64)).toString('latin1')
export const frameOf = (text: string, size = text.length): Uint8Array =>
  Buffer.concat([Buffer.from(text, 'latin1'), Buffer.alloc(size - text.length, '.')])

/** Starts a transport with the key `seedOf(n)`; stopped when the test ends. */
export const startPeer = async (n: number, init: TestPeerInit): Promise<TestPeer> => {
  const frames: TestPeer['frames'] = []
  const reachable = new Set<PeerId>()
  const transport = createLibp2pTransport({
    privateKey: seedOf(n),
    groupId: GROUP,
    listen: init.listen ?? [LOOPBACK],
    members: init.members,
    voters: init.voters ?? init.members,
    ...(init.limits === undefined ? {} : { limits: init.limits })
  })
  onTestFinished(() => transport.stop())
  await transport.start({
    onFrame(frame, from) {
      frames.push({ text: textOf(frame), size: frame.length, from })
      return init.judge?.(textOf(frame)) ?? ACCEPT
    },
    onPeer: (peer, connected) => void (connected ? reachable.add(peer) : reachable.delete(peer))
  })
  return {
    transport,
    id: transport.self,
    frames,
    reachable,
    received: text => frames.filter(frame => frame.text.startsWith(text)).length,
    count: counter => transport.counters()[counter] ?? 0
  }
}

/** Resolves as soon as the condition holds; fails the test when it does not in time. */
export const until = (condition: () => boolean, what: string): Promise<void> =>
  vi.waitFor(
    () => {
      if (!condition()) throw new Error(`not yet: ${what}`)
    },
    { timeout: WAIT_MS, interval: 5 }
  )

/** Tells each of the peers the addresses of all others. */
export const introduce = (...peers: readonly TestPeer[]): void => {
  for (const peer of peers)
    for (const other of peers)
      if (peer !== other) peer.transport.addAddresses(other.id, other.transport.addresses())
}

export const connect = async (...peers: readonly TestPeer[]): Promise<void> => {
  introduce(...peers)
  const all = (): boolean =>
    peers.every(peer => peers.every(other => other === peer || peer.reachable.has(other.id)))
  await until(all, 'all connected')
}

export type BarePeer = Libp2p<{ gossip: GossipSub }>

/** A libp2p peer that speaks the same protocols and does nothing by itself: for tests of what a peer may do to us. */
export const startBarePeer = async (
  n: number,
  muxer: () => StreamMuxerFactory = yamux()
): Promise<BarePeer> => {
  const options = gossipOptions({
    groupId: GROUP,
    limits: DEFAULT_LIMITS,
    counters: createCounters(),
    scoreOf: () => 0
  })
  const node = await createLibp2p({
    privateKey: privateKeyFromSeed(seedOf(n)),
    addresses: { listen: [LOOPBACK] },
    transports: [tcp()],
    connectionEncrypters: [noise()],
    streamMuxers: [muxer],
    connectionMonitor: { enabled: false },
    services: { identify: identify(), ping: ping(), gossip: gossipsub(options) }
  })
  onTestFinished(() => node.stop())
  return node
}

export const dialOf = (peer: TestPeer) => peer.transport.addresses().map(address => multiaddr(address))
