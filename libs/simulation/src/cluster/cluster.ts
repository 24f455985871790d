import type { CborValue, FoundingDocument, PeerId, Transport } from '@quorate/contracts'
import { CONTRACT_VERSION } from '@quorate/contracts'
import { encodeFounding, foundingVoterSet, groupIdOf, type Prng } from '@quorate/core'
import { assembleNode, type Assembled, type Resolver } from '@quorate/runtime'
import { createChecker, type Checker } from './checkers.ts'
import { createWorld, type World } from './virtual-clock.ts'
import { createVirtualDisk, type VirtualDisk } from './virtual-disk.ts'
import { createVirtualNetwork, type VirtualNetwork } from './virtual-network.ts'
import { createVirtualSigning, type VirtualSigning } from './virtual-signing.ts'

/** Virtual time begins here: a fixed day, so that a seed always sees the same dates. */
export const EPOCH_MS = Date.UTC(2026, 0, 1)

/** A crash that the simulator makes happen in the middle of a node's work. */
export class SimulatedCrash extends Error {
  override readonly name = 'SimulatedCrash'
}

export interface ClusterInit {
  readonly peers: number
  readonly prng: Prng
  readonly plugins: Resolver
  readonly consensus: { readonly name: string; readonly config: { readonly [key: string]: CborValue } }
}

export interface Member {
  readonly peerId: PeerId
  readonly disk: VirtualDisk
  readonly skewMs: number
  running: Assembled | undefined
  /** Port calls left until the node crashes; Infinity: never. */
  fuse: number
}

/** A whole group in one process: real nodes on virtual clock, network and disk. */
export interface Cluster {
  readonly world: World
  readonly network: VirtualNetwork
  readonly checker: Checker
  readonly signing: VirtualSigning
  readonly members: readonly Member[]
  start(member: Member): void
  crash(member: Member): void
  /** Errors of nodes that are not simulated crashes: bugs. */
  readonly failures: readonly string[]
}

export const createCluster = (init: ClusterInit): Cluster => {
  const { prng } = init
  const founding = foundingOf(init)
  const groupId = groupIdOf(encodeFounding(founding))
  const world = createWorld(EPOCH_MS)
  const signing = createVirtualSigning(groupId)
  const voters = foundingVoterSet(founding)
  const checker = createChecker({ voters, strategy: init.consensus.name, signing: signing.signer('checker') })
  const failures: string[] = []
  const members: Member[] = founding.members.map(({ peerId }) => ({
    peerId,
    disk: createVirtualDisk(),
    skewMs: prng.int(-500, 500),
    running: undefined,
    fuse: Number.POSITIVE_INFINITY
  }))
  const byId = new Map(members.map(member => [member.peerId, member]))

  const network = createVirtualNetwork({
    world,
    prng,
    deliver: (to, frame, from) => void byId.get(to)?.running?.node.frame(frame, from)
  })

  const burn = (member: Member): void => {
    member.fuse -= 1
    if (member.fuse <= 0) throw new SimulatedCrash(`${member.peerId} crashes`)
  }

  const transportOf = (member: Member): Pick<Transport, 'send' | 'broadcast' | 'charge'> => {
    const send = (to: PeerId, frame: Uint8Array): void => {
      burn(member)
      checker.said(member.peerId, frame)
      network.send(member.peerId, to, frame)
    }
    return {
      send,
      broadcast: frame => {
        for (const { peerId } of members) if (peerId !== member.peerId) send(peerId, frame)
      },
      charge: () => undefined
    }
  }

  const crash = (member: Member): void => {
    const { running } = member
    member.running = undefined
    member.fuse = Number.POSITIVE_INFINITY
    running?.node.stop()
    for (const other of members) other.running?.node.peer(member.peerId, false)
  }

  const start = (member: Member): void => {
    const store = member.disk.mount({
      beforeCommit: () => burn(member),
      afterCommit: ops => {
        checker.committed(member.peerId, ops)
        burn(member)
      }
    })
    const assembled = assembleNode({
      plugins: init.plugins,
      groupId,
      founding,
      signing: signing.signer(member.peerId),
      store,
      transport: transportOf(member),
      clock: world.clock(member.skewMs),
      settings: {},
      onFatal: error => {
        if (!(error instanceof SimulatedCrash))
          failures.push(`${member.peerId}: ${String((error as Error).stack ?? error)}`)
        crash(member)
      }
    })
    member.running = assembled
    assembled.node.start()
    for (const other of members) {
      if (other === member || !other.running || !member.running) continue
      other.running.node.peer(member.peerId, true)
      assembled.node.peer(other.peerId, true)
    }
  }

  return { world, network, checker, signing, members, start, crash, failures }
}

const foundingOf = ({ peers, consensus }: ClusterInit): FoundingDocument => ({
  version: 1,
  name: `simulated ${CONTRACT_VERSION}`,
  createdAt: EPOCH_MS,
  nonce: new Uint8Array(16),
  members: Array.from({ length: peers }, (_, i) => ({
    peerId: `peer-${i + 1}`,
    member: `member-${i + 1}`,
    role: 'voter' as const,
    weight: 1
  })),
  faultTolerance: null,
  consensus: { name: consensus.name, version: 1, config: consensus.config },
  auction: { name: 'sealed-bid', version: 1, config: {} }
})
