import type { PeerId, Transport, TransportEvents } from '@quorate/contracts'

/** A network that carries nothing; tests say who counts as connected. */
export interface FakeTransport extends Transport {
  readonly sent: Uint8Array[]
  readonly dialled: Map<PeerId, readonly string[]>
  connect(peer: PeerId): void
}

export const createFakeTransport = (members: readonly PeerId[]): FakeTransport => {
  const connected = new Set<PeerId>()
  const dialled = new Map<PeerId, readonly string[]>()
  const sent: Uint8Array[] = []
  return {
    sent,
    dialled,
    start: (_events: TransportEvents) => Promise.resolve(),
    stop: () => Promise.resolve(),
    send: (_to, frame) => void sent.push(frame),
    broadcast: frame => void sent.push(frame),
    charge: () => undefined,
    admit: () => undefined,
    addAddresses: (peer, addresses) => void dialled.set(peer, addresses),
    addresses: () => ['/ip4/192.0.2.1/tcp/4550'],
    peers: () =>
      members.map(peerId => ({
        peerId,
        connected: connected.has(peerId),
        addresses: dialled.get(peerId) ?? [],
        latencyMs: null,
        score: 0
      })),
    connect: peer => void connected.add(peer)
  }
}
