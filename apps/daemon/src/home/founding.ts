import { randomBytes } from 'node:crypto'
import type { FoundingDocument, PeerId } from '@quorate/contracts'
import { createVoterSet } from '@quorate/core'
import { checkGroupName, checkMemberName } from './names.ts'

export interface FoundingInit {
  readonly name: string
  /** All of them voters of weight 1. */
  readonly members: readonly { readonly peerId: PeerId; readonly member: string }[]
  /** Null: as many Byzantine voters as the number of voters can carry, at every epoch. */
  readonly faultTolerance: number | null
}

/**
 * The founding document of a new group, with the built-in strategies.
 * Errors: QRT_USAGE for names, QRT_FAULT_TOLERANCE when the voters cannot carry what is asked for.
 */
export const createFounding = ({ name, members, faultTolerance }: FoundingInit): FoundingDocument => {
  for (const { member } of members) checkMemberName(member)
  createVoterSet(
    0,
    members.map(({ peerId }) => ({ peerId, weight: 1 })),
    faultTolerance
  )
  return {
    version: 1,
    name: checkGroupName(name),
    createdAt: Date.now(),
    nonce: new Uint8Array(randomBytes(16)),
    members: members.map(({ peerId, member }) => ({ peerId, member, role: 'voter', weight: 1 })),
    faultTolerance,
    consensus: { name: 'pbft', version: 1, config: {} },
    auction: { name: 'sealed-bid', version: 1, config: {} }
  }
}
