import type { PeerId } from '@quorate/contracts'
import { BoundedMap } from '@quorate/core'
import type { ConnectionGater } from '@libp2p/interface'
import type { Counters } from './counters.ts'

export type Refusal = 'not-a-member' | 'banned' | 'too-many-connections'

/** Who may connect. Identity is what the noise handshake proved, never what a message claims. */
export interface Admission {
  isMember(peer: PeerId): boolean
  /** Members and voters without this node. */
  members(): readonly PeerId[]
  voters(): readonly PeerId[]
  /** Replaces the sets and returns who is no longer a member. */
  admit(members: readonly PeerId[], voters: readonly PeerId[]): readonly PeerId[]
  /** Refuses the peer, in both directions, for the configured time. */
  ban(peer: PeerId): void
  /** Undefined when connections with the peer are welcome. */
  refusal(peer: PeerId): 'not-a-member' | 'banned' | undefined
  /** To be given to libp2p: asked before each dial, and on each inbound connection right after its handshake. */
  readonly gater: ConnectionGater
}

export interface AdmissionInit {
  readonly self: PeerId
  readonly counters: Counters
  readonly banMs: number
  readonly connectionsPerPeerMax: number
  readonly connectionCount: (peer: PeerId) => number
  readonly now: () => number
}

const BANS_MAX = 2_048

export const createAdmission = (init: AdmissionInit): Admission => {
  let members = new Set<PeerId>()
  let voters = new Set<PeerId>()
  const bannedUntilMs = new BoundedMap<PeerId, number>(BANS_MAX)

  const refusal = (peer: PeerId): 'not-a-member' | 'banned' | undefined => {
    if (!members.has(peer)) return 'not-a-member'
    return (bannedUntilMs.get(peer) ?? 0) > init.now() ? 'banned' : undefined
  }
  const denyInbound = (peer: PeerId): boolean => {
    const code: Refusal | undefined =
      refusal(peer) ??
      (init.connectionCount(peer) >= init.connectionsPerPeerMax ? 'too-many-connections' : undefined)
    if (code !== undefined) init.counters.count(`connections-refused-${code}`)
    return code !== undefined
  }
  const others = (peers: ReadonlySet<PeerId>): PeerId[] => [...peers].filter(peer => peer !== init.self)

  return {
    isMember: peer => members.has(peer),
    members: () => others(members),
    voters: () => others(voters),
    admit(nextMembers, nextVoters) {
      const removed = [...members].filter(peer => !nextMembers.includes(peer))
      members = new Set(nextMembers)
      voters = new Set(nextVoters.filter(peer => members.has(peer)))
      return removed
    },
    ban: peer => bannedUntilMs.set(peer, init.now() + init.banMs),
    refusal,
    gater: {
      denyDialPeer: peer => refusal(peer.toString()) !== undefined,
      denyOutboundConnection: peer => refusal(peer.toString()) !== undefined,
      denyOutboundEncryptedConnection: peer => refusal(peer.toString()) !== undefined,
      denyInboundEncryptedConnection: peer => denyInbound(peer.toString())
    }
  }
}
