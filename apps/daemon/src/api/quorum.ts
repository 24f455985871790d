import type { MemberView, NodeState, PeerId } from '@quorate/contracts'
import { readMembers, type Member } from '@quorate/ledger'
import { toHex } from '@quorate/core'
import { publicKeyOf } from '@quorate/identity'
import type { ApiNode } from './context.ts'

/** Which voters this node reaches now, itself among them when it votes. */
export interface Reachable {
  readonly connected: readonly PeerId[]
  readonly absent: readonly PeerId[]
  readonly quorum: number
  readonly isQuorate: boolean
}

export const reachableVoters = ({ ledger, signing, transport }: ApiNode): Reachable => {
  const { voters, quorum } = ledger.application.voters()
  const up = new Set(
    transport
      .peers()
      .filter(peer => peer.connected)
      .map(peer => peer.peerId)
  )
  const isUp = (peerId: PeerId): boolean => peerId === signing.self || up.has(peerId)
  const connected = voters.map(({ peerId }) => peerId).filter(isUp)
  const absent = voters.map(({ peerId }) => peerId).filter(peerId => !isUp(peerId))
  return { connected, absent, quorum, isQuorate: connected.length >= quorum }
}

/** `degraded`: decides, but not every voter is there, so that fewer can fail from here on. */
export const nodeState = (api: ApiNode): NodeState => {
  const { isQuorate, absent } = reachableVoters(api)
  const { behind, diverged } = api.consensus.describe?.() ?? {}
  if (!isQuorate) return 'no-quorum'
  if (behind === true) return 'syncing'
  return absent.length > 0 || diverged === true ? 'degraded' : 'ready'
}

export const membersOf = ({ ledger }: Pick<ApiNode, 'ledger'>): Member[] => readMembers(ledger.state)

export const memberView = ({ peerId, member, role, weight }: Member): MemberView => {
  const key = publicKeyOf(peerId)
  return { peerId, member, role, weight, publicKey: key ? toHex(key) : '' }
}
