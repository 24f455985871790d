import { randomBytes } from 'node:crypto'
import { hostname } from 'node:os'
import { foundGroup } from './found-group.ts'
import { memberNameOf } from './names.ts'

export interface InitHomeInit {
  readonly home: string
  /** Of the group. Default: one that tells it from others. */
  readonly name?: string | undefined
  /** What this node is called in the group. Default: of the host's name. */
  readonly member?: string | undefined
  readonly faultTolerance?: number | undefined
  readonly listen?: readonly string[] | undefined
}

export interface InitResult {
  readonly groupId: string
  readonly peerId: string
  /** How others join; null as long as this release makes no invites. */
  readonly invite: null
}

/**
 * Founds a group with this node as its one voter.
 * Errors: those of `foundGroup`; QRT_GROUP_EXISTS when the home has a group.
 */
export const initHome = (init: InitHomeInit): InitResult => {
  const { groupId, peers } = foundGroup({
    homes: [init.home],
    name: init.name ?? `group-${randomBytes(3).toString('hex')}`,
    members: [init.member ?? memberNameOf(hostname())],
    faultTolerance: init.faultTolerance,
    listen: init.listen
  })
  return { groupId, peerId: peers[0]?.peerId as string, invite: null }
}
