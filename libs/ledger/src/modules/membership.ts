import type { FoundingDocument, LedgerModule, StateReader, VoterSet } from '@quorate/contracts'
import { reject } from '@quorate/contracts'
import { createVoterSet } from '@quorate/core'

export const MEMBERSHIP_MODULE = 'membership'

/** A member as the agreed state knows it. */
export interface Member {
  readonly peerId: string
  readonly member: string
  readonly role: 'voter' | 'observer'
  readonly weight: number
}

/**
 * Who belongs to the group, from the founding document on. State: `member/<peerId>` -> [name, role, weight] and
 * `epoch` -> [number, fault tolerance asked for or null].
 */
export const createMembershipModule = (founding: FoundingDocument): LedgerModule => ({
  name: MEMBERSHIP_MODULE,
  kinds: [],
  bulkKinds: [],
  idOf: entry => entry.digest,
  found: state => {
    for (const { peerId, member, role, weight } of founding.members)
      state.put(`member/${peerId}`, [member, role, weight])
    state.put('epoch', [0, founding.faultTolerance])
  },
  validate: () => reject('entry-kind-unknown'),
  apply: () => []
})

export const readMembers = (state: StateReader): Member[] =>
  state
    .module(MEMBERSHIP_MODULE)
    .range('member/')
    .map(([key, value]) => {
      const [member, role, weight] = value as [string, 'voter' | 'observer', number]
      return { peerId: key.slice('member/'.length), member, role, weight }
    })

/** The voter set in force; computed once per epoch. */
export const createVoterSetReader = (): ((state: StateReader) => VoterSet) => {
  let known: VoterSet | undefined
  return state => {
    const [epoch, asked] = state.module(MEMBERSHIP_MODULE).get('epoch') as [number, number | null]
    if (known?.epoch === epoch) return known
    known = createVoterSet(
      epoch,
      readMembers(state).filter(({ role }) => role === 'voter'),
      asked
    )
    return known
  }
}
