import type { FrameHandler, GroupId, PeerId, Reach } from '@quorate/contracts'
import { sha256 } from '@quorate/core'
import type { Counters } from './counters.ts'
import { createDirectStreams } from './direct-streams.ts'
import type { DirectStreams } from './direct-streams.ts'
import { createGossip } from './gossip.ts'
import type { Gossip } from './gossip.ts'
import { createJudge } from './judge.ts'
import type { NetworkLimits } from './limits.ts'
import type { Log } from './log.ts'
import type { Peering } from './peering.ts'
import { planBroadcast } from './reach.ts'
import type { BroadcastPlan } from './reach.ts'
import { createSeen } from './seen.ts'
import { encodeStreamMessage } from './stream-message.ts'
import type { StreamMessage } from './stream-message.ts'

/** Frames in and out: by direct streams, by gossip, and from hand to hand where neither reaches (wire.md, W103). */
export interface Exchange {
  readonly streams: DirectStreams
  readonly gossip: Gossip
  send(to: PeerId, frame: Uint8Array): void
  broadcast(frame: Uint8Array, reach: Reach): void
}

export interface ExchangeInit {
  readonly groupId: GroupId
  readonly limits: NetworkLimits
  readonly counters: Counters
  readonly log: Log
  readonly peering: () => Peering
  readonly onFrame: FrameHandler
  readonly onPeer: (peer: PeerId, open: boolean) => void
  readonly charge: (peer: PeerId, code: string) => void
  readonly scoreOf: (peer: PeerId) => number
}

export const createExchange = (init: ExchangeInit): Exchange => {
  const { limits, counters, charge } = init
  const { seenEntriesMax: entriesMax, repeatAfterMs } = limits
  const seen = createSeen({ entriesMax, repeatAfterMs, now: Date.now })
  const judge = createJudge({ seen, counters, charge, onFrame: init.onFrame })
  const streams = createDirectStreams({
    limits,
    counters,
    onMessage(message, from) {
      if (judge.fromStream(message, from) && message.hops > 0) relay(message, from)
    },
    onViolation: charge,
    onPeer: init.onPeer
  })
  const gossip = createGossip({
    ...init,
    links: () => init.peering().links.entries(),
    onFrame(frame, from, reach) {
      const verdict = judge.fromGossip(frame, from)
      if (verdict.outcome === 'accept') bridge(frame, from, reach)
      return verdict
    },
    onViolation: charge
  })

  /** Receivers know a frame that they have seen, so that at most `relayHops` rounds follow, however peers are linked. */
  const relay = ({ hops, frame }: StreamMessage, from: PeerId): void => {
    const targets = streams.peers().filter(peer => peer !== from)
    counters.count('frames-relayed', targets.length)
    sendAll(targets, { addressed: false, hops: hops - 1, frame })
  }
  /** Gossip hands a frame on only to who has subscribed; those who have just connected get it by stream. */
  const bridge = (frame: Uint8Array, from: PeerId, reach: Reach): void => {
    const targets = gossip.lacking(streams.peers(), reach).filter(peer => peer !== from)
    counters.count('frames-bridged', targets.length)
    sendAll(targets, { addressed: false, hops: limits.relayHops - 1, frame })
  }
  const sendAll = (targets: readonly PeerId[], message: StreamMessage): void => {
    if (targets.length === 0) return
    const bytes = encodeStreamMessage(message)
    for (const peer of targets) streams.send(peer, bytes)
  }
  const planOf = (frame: Uint8Array, reach: Reach): BroadcastPlan => {
    const { admission, links } = init.peering()
    return planBroadcast({
      reach: reach === 'voters' ? admission.voters() : admission.members(),
      isOpen: peer => streams.isOpen(peer),
      isLinked: peer => links.best(peer) !== undefined,
      toMembers: reach === 'members',
      gossipable: frame.length <= limits.gossipFrameBytesMax
    })
  }
  const fits = (frame: Uint8Array): boolean => {
    if (frame.length > 0 && frame.length <= limits.frameBytesMax) return true
    counters.count('dropped-oversize')
    const sizes = { bytes: frame.length, bytesMax: limits.frameBytesMax }
    init.log('warn', 'frame not sent: its size is out of bounds', sizes)
    return false
  }

  return {
    streams,
    gossip,
    send(to, frame) {
      if (fits(frame)) streams.send(to, encodeStreamMessage({ addressed: true, hops: 0, frame }))
    },
    broadcast(frame, reach) {
      if (!fits(frame)) return
      seen.recordOwn(sha256(frame))
      const plan = planOf(frame, reach)
      const gossiped = plan.gossip && gossip.publish(frame, reach)
      if (plan.complete || (gossiped && gossip.lacking(streams.peers(), reach).length === 0)) {
        sendAll(plan.targets, { addressed: false, hops: 0, frame })
      } else {
        sendAll(streams.peers(), { addressed: false, hops: limits.relayHops, frame })
      }
    }
  }
}
