import type { FoundingDocument, GroupId, PeerId, VoterSet } from '@quorate/contracts'
import { encodeFounding, foundingVoterSet, groupIdOf } from '@quorate/core'
import { createWorld, type World } from '../world/clock.ts'
import { createVirtualDisk } from '../world/disk.ts'
import { createVirtualSigning, type VirtualSigning } from '../world/signing.ts'
import type { ClusterInit } from './cluster-init.ts'
import { EPOCH_MS, foundingOf } from './founding.ts'
import type { Member } from './member.ts'

/** What is known of a group before any of its nodes runs. */
export interface Group {
  readonly founding: FoundingDocument
  readonly groupId: GroupId
  readonly voters: VoterSet
  readonly strategy: string
  readonly world: World
  readonly signing: VirtualSigning
  readonly honest: ReadonlySet<PeerId>
  readonly members: readonly Member[]
}

export const SKEW_MS_DEFAULT = 500

export const createGroup = (init: ClusterInit): Group => {
  const founding = foundingOf(init)
  const groupId = groupIdOf(encodeFounding(founding))
  const peers = founding.members.map(({ peerId }) => peerId)
  const honest = new Set(peers.filter(peer => !init.liars?.has(peer)))
  return {
    founding,
    groupId,
    voters: foundingVoterSet(founding),
    strategy: init.consensus.name,
    world: createWorld(EPOCH_MS),
    signing: createVirtualSigning(groupId),
    honest,
    members: peers.map(peerId => createMember(peerId, honest.has(peerId), init))
  }
}

const createMember = (peerId: PeerId, honest: boolean, init: ClusterInit): Member => {
  const { prng, createDisk = createVirtualDisk, skewMsMax = SKEW_MS_DEFAULT } = init
  return {
    peerId,
    honest,
    disk: createDisk(),
    skewMs: prng.int(-skewMsMax, skewMsMax),
    slowMs: 0,
    running: undefined,
    fuse: Number.POSITIVE_INFINITY,
    portCalls: 0,
    lives: 0
  }
}
