import type { PeerId, Verdict } from '@quorate/contracts'
import { assembleNode } from '@quorate/runtime'
import { createLiars } from '../byzantine/create-liars.ts'
import { describeEvent } from '../run/describe-event.ts'
import { describeFrame } from '../run/describe-frame.ts'
import { createVirtualNetwork, type VirtualNetwork } from '../world/network.ts'
import type { ClusterInit } from './cluster-init.ts'
import { createGossip, NO_GOSSIP } from './gossip.ts'
import { createGroup, SKEW_MS_DEFAULT, type Group } from './group.ts'
import { createLinks } from './links.ts'
import { SimulatedCrash, type Member } from './member.ts'
import { clockOf, storeOf, transportOf } from './ports.ts'

/** A whole group in one process: real nodes on virtual clock, network and disk. */
export interface Cluster extends Group {
  readonly network: VirtualNetwork
  readonly skewMsMax: number
  readonly start: (member: Member) => void
  /** A power failure: the node is not told, and what it has not written is lost. */
  readonly crash: (member: Member) => void
  /** Peers notice which links are up, as far as that changed since they last did. */
  readonly noticeLinks: () => void
}

export const createCluster = (init: ClusterInit): Cluster => {
  const { prng, note, skewMsMax = SKEW_MS_DEFAULT } = init
  const group = createGroup(init)
  const { members, world, signing } = group
  const watch = init.watch(group)
  const liars = createLiars(init, group)
  const peers = members.map(({ peerId }) => peerId)
  const byId = new Map(members.map(member => [member.peerId, member]))

  const deliver = (to: PeerId, frame: Uint8Array, from: PeerId): void => {
    const member = byId.get(to)
    if (!member?.running) return
    const liar = liars.get(to)
    liar?.overhear?.(frame)
    const verdict = member.running.node.frame(frame, from)
    if (init.messages) noteMessage(`${from} > ${to}`, frame, verdict)
    if (liar) return
    if (verdict.outcome === 'reject') watch.charged(to, from, verdict.code)
    else if (verdict.outcome === 'accept') gossip.relay(frame, to, from)
  }

  const noteMessage = (way: string, frame: Uint8Array, verdict: Verdict): void => {
    const fate = verdict.outcome === 'accept' ? '' : ` (${verdict.outcome}: ${verdict.code})`
    note(`  ${way} ${describeFrame(signing.open, frame)}${fate}`)
  }

  const network = createVirtualNetwork({ world, prng, deliver })
  const gossip = init.gossip ? createGossip(network, peers) : NO_GOSSIP
  const noticeLinks = createLinks(members, network)

  const crash = (member: Member): void => {
    member.running = undefined
    member.lives += 1
    member.fuse = Number.POSITIVE_INFINITY
    member.disk.powerFails()
    noticeLinks()
  }

  const onFatal = (member: Member, error: unknown): void => {
    if (error instanceof SimulatedCrash) note(`${error.message} after ${member.portCalls} port calls`)
    else if (member.honest) init.failed(member.peerId, error)
    crash(member)
  }

  const assemble = (member: Member) => {
    const ports = { member, peers, network, gossip, watch, liar: liars.get(member.peerId) }
    return assembleNode({
      plugins: init.plugins,
      groupId: group.groupId,
      founding: group.founding,
      signing: signing.signer(member.peerId),
      store: storeOf(ports),
      transport: transportOf(ports),
      clock: clockOf(world, member),
      settings: init.settings ?? {},
      onFatal: error => onFatal(member, error)
    })
  }

  const start = (member: Member): void => {
    const { node, ...rest } = assemble(member)
    member.running = { node, ...rest }
    node.subscribe(({ type, data }) => note(() => `${member.peerId} ${describeEvent(type, data)}`))
    node.start()
    noticeLinks()
  }

  return { ...group, network, skewMsMax, start, crash, noticeLinks }
}
