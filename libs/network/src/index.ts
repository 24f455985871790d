/**
 * The network between daemons, on libp2p: direct streams and gossip that carry opaque signed frames between the members
 * of a group, and nobody else. What a frame means is not known here: `onFrame` judges it, and only what it accepts is
 * handed on.
 *
 * @example
 * import { randomBytes } from 'node:crypto'
 * import { ACCEPT } from '@quorate/contracts'
 * import { createLibp2pTransport, peerIdFromSeed } from '@quorate/network'
 *
 * const seeds = [randomBytes(32), randomBytes(32)]
 * const members = seeds.map(peerIdFromSeed)
 * const [a, b] = seeds.map(privateKey =>
 *   createLibp2pTransport({
 *     privateKey, groupId: '00'.repeat(32), listen: ['/ip4/127.0.0.1/tcp/0'], members, voters: members
 *   }))
 * await b.start({ onFrame: frame => (console.log(String(frame)), ACCEPT), onPeer: () => {} })
 * await a.start({ onFrame: () => ACCEPT, onPeer: peer => a.send(peer, Buffer.from('hello')) })
 * a.addAddresses(b.self, b.addresses())
 */
export { createLibp2pTransport } from './transport.ts'
export type { Libp2pTransport, Libp2pTransportInit } from './transport.ts'
export { DEFAULT_LIMITS } from './limits.ts'
export type { NetworkLimits } from './limits.ts'
export type { Log, LogLevel } from './log.ts'
export { peerIdFromSeed } from './peer-key.ts'
export { STREAM_PROTOCOL } from './outbound-stream.ts'
