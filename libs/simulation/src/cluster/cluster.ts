import type { GroupId, PeerId, VoterSet } from '@quorate/contracts'
import { encodeFounding, foundingVoterSet, groupIdOf, type Prng } from '@quorate/core'
import { assembleNode, type Resolver, type Settings } from '@quorate/runtime'
import { liarOf, type Liar, type Lie } from '../byzantine/liar.ts'
import { createPlot } from '../byzantine/plot.ts'
import type { Watchers } from '../checkers/watch-all.ts'
import { describeEvent } from '../run/describe-event.ts'
import type { Line } from '../run/transcript.ts'
import { createWorld, type World } from '../world/clock.ts'
import { createVirtualDisk, type VirtualDisk } from '../world/disk.ts'
import { createVirtualNetwork, type VirtualNetwork } from '../world/network.ts'
import { createVirtualSigning, type VirtualSigning } from '../world/signing.ts'
import { EPOCH_MS, foundingOf, type GroupInit } from './founding.ts'
import { createGossip, NO_GOSSIP } from './gossip.ts'
import { SimulatedCrash, type Member } from './member.ts'
import { clockOf, storeOf, transportOf } from './ports.ts'

/** What a scenario says about its group. */
export interface ClusterPlan extends GroupInit {
  /** Peers that lie, and how. At most f of them, or nothing is promised. */
  readonly liars?: ReadonlyMap<PeerId, readonly Lie[]>
  /** Clocks are off by up to this much, either way. */
  readonly skewMsMax?: number
  /** Whether peers relay what they accept, as gossip does. */
  readonly gossip?: boolean
  readonly settings?: Settings
}

export interface ClusterInit extends ClusterPlan {
  readonly prng: Prng
  readonly plugins: Resolver
  readonly createDisk?: () => VirtualDisk
  /** Made when the group is known. */
  readonly watch: (group: Group) => Watchers
  readonly note: (what: Line) => void
  /** An honest node has failed by itself: a bug. */
  readonly failed: (peer: PeerId, error: unknown) => void
}

/** What is known of a group before any of its nodes runs. */
export interface Group {
  readonly groupId: GroupId
  readonly voters: VoterSet
  readonly strategy: string
  readonly world: World
  readonly signing: VirtualSigning
  readonly honest: ReadonlySet<PeerId>
  readonly members: readonly Member[]
}

/** A whole group in one process: real nodes on virtual clock, network and disk. */
export interface Cluster extends Group {
  readonly network: VirtualNetwork
  readonly skewMsMax: number
  readonly start: (member: Member) => void
  readonly crash: (member: Member) => void
  /** Peers notice which links are up, as far as that changed since they last did. */
  readonly noticeLinks: () => void
}

export const createCluster = (init: ClusterInit): Cluster => {
  const { prng, note, skewMsMax = 500, createDisk = createVirtualDisk } = init
  const founding = foundingOf(init)
  const groupId = groupIdOf(encodeFounding(founding))
  const voters = foundingVoterSet(founding)
  const world = createWorld(EPOCH_MS)
  const signing = createVirtualSigning(groupId)
  const peers = founding.members.map(({ peerId }) => peerId)
  const honest = new Set(peers.filter(peer => !init.liars?.has(peer)))
  const members = peers.map((peerId): Member => ({
    peerId,
    honest: honest.has(peerId),
    disk: createDisk(),
    skewMs: prng.int(-skewMsMax, skewMsMax),
    slowMs: 0,
    running: undefined,
    fuse: Number.POSITIVE_INFINITY,
    portCalls: 0,
    lives: 0
  }))
  const group: Group = { groupId, voters, strategy: init.consensus.name, world, signing, honest, members }
  const watch = init.watch(group)
  const byId = new Map(members.map(member => [member.peerId, member]))
  const liars = createLiars(init, { signing, voters })
  const connected = new Set<string>()

  const deliver = (to: PeerId, frame: Uint8Array, from: PeerId): void => {
    const member = byId.get(to)
    if (!member?.running) return
    const liar = liars.get(to)
    liar?.overhear?.(frame)
    const verdict = member.running.node.frame(frame, from)
    if (liar) return
    if (verdict.outcome === 'reject') watch.charged(to, from, verdict.code)
    else if (verdict.outcome === 'accept') gossip.relay(frame, to, from)
  }

  const network = createVirtualNetwork({ world, prng, deliver })
  const gossip = init.gossip ? createGossip(network, peers) : NO_GOSSIP

  const isLinked = (a: Member, b: Member): boolean =>
    a.running !== undefined &&
    b.running !== undefined &&
    !network.isCut(a.peerId, b.peerId) &&
    !network.isCut(b.peerId, a.peerId)

  const noticeLinks = (): void => {
    for (const a of members) {
      for (const b of members) {
        const link = `${a.peerId} ${b.peerId}`
        if (a === b || isLinked(a, b) === connected.has(link)) continue
        const isUp = !connected.delete(link)
        if (isUp) connected.add(link)
        a.running?.node.peer(b.peerId, isUp)
      }
    }
  }

  /** The node is not told: what it has not written is lost. */
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

  const start = (member: Member): void => {
    const ports = { member, peers, network, gossip, watch, liar: liars.get(member.peerId) }
    const assembled = assembleNode({
      plugins: init.plugins,
      groupId,
      founding,
      signing: signing.signer(member.peerId),
      store: storeOf(ports),
      transport: transportOf(ports),
      clock: clockOf(world, member),
      settings: init.settings ?? {},
      onFatal: error => onFatal(member, error)
    })
    member.running = assembled
    assembled.node.subscribe(({ type, data }) => note(() => `${member.peerId} ${describeEvent(type, data)}`))
    assembled.node.start()
    noticeLinks()
  }

  return { ...group, network, skewMsMax, start, crash, noticeLinks }
}

const createLiars = (
  { liars, prng }: ClusterInit,
  { signing, voters }: Pick<Cluster, 'signing' | 'voters'>
): ReadonlyMap<PeerId, Liar> => {
  if (!liars) return new Map()
  const honest = voters.voters.map(({ peerId }) => peerId).filter(peer => !liars.has(peer))
  // Somebody is told the first story, somebody else the second.
  const plot = createPlot(prng.shuffle(honest).slice(0, prng.int(1, honest.length - 1)))
  return new Map(
    [...liars].map(([peer, lies]) => [
      peer,
      liarOf(lies, { signing: signing.signer(peer), voters, prng, plot })
    ])
  )
}
