import { QuorateError, type GroupExport, type PeerView } from '@quorate/contracts'
import { votersMissing } from '@quorate/core'
import { exportGroup } from '../home/group-export.ts'
import { isDialAddress, parseTcpAddress } from '../home/multiaddr.ts'
import { VERSION } from '../version.ts'
import type { ApiNode } from './context.ts'
import { isoTime } from './json.ts'
import { membersOf, nodeState, reachableVoters } from './quorum.ts'
import type { NodeStatus } from './schemas/node.ts'

export const statusView = (api: ApiNode): NodeStatus => {
  const { ledger, signing, transport, groupId } = api
  const set = ledger.application.voters()
  const head = ledger.application.head()
  const own = membersOf(api).find(({ peerId }) => peerId === signing.self)
  const { connected, absent } = reachableVoters(api)
  const { view, primary } = api.consensus.describe?.() ?? {}
  return {
    state: nodeState(api),
    groupId,
    peerId: signing.self,
    member: own?.member ?? '',
    role: own?.role ?? 'observer',
    epoch: set.epoch,
    voters: set.voters.length,
    quorum: set.quorum,
    faultTolerance: set.faultTolerance,
    height: head.entries,
    view: typeof view === 'number' ? view : 0,
    primary: typeof primary === 'string' ? primary : '',
    connectedVoters: connected.length,
    absentVoters: absent,
    lastDecisionAt: head.seq === 0 ? null : isoTime(head.time),
    version: VERSION,
    votersMissing: votersMissing(set.voters.length, set.faultTolerance + 1),
    pid: process.pid,
    addresses: transport.addresses()
  }
}

/** Every other member, connected or not. */
export const peerViews = (api: ApiNode): PeerView[] => {
  const known = new Map(api.transport.peers().map(peer => [peer.peerId, peer]))
  return membersOf(api)
    .filter(({ peerId }) => peerId !== api.signing.self)
    .map(({ peerId, member, role }) => {
      const peer = known.get(peerId)
      const { connected = false, addresses = [], latencyMs = null, score = 0 } = peer ?? {}
      return { peerId, member, role, connected, addresses, latencyMs, score: Math.round(score) + 0 }
    })
}

/** The group as `verify` needs it; membership does not change yet, so there is one epoch. */
export const groupView = ({ founding }: ApiNode): GroupExport => exportGroup(founding)

/**
 * Takes over addresses that somebody gave by hand.
 * Errors: QRT_NOT_FOUND when the peer is no member, QRT_USAGE for what cannot be dialled or is of another peer.
 */
export const connectPeer = (
  api: ApiNode,
  request: { readonly peerId: string; readonly addresses: readonly string[] }
): { readonly peerId: string; readonly addresses: readonly string[] } => {
  const member = membersOf(api).find(
    ({ peerId, member: name }) => request.peerId === peerId || request.peerId === name
  )
  if (!member || member.peerId === api.signing.self) {
    throw new QuorateError('QRT_NOT_FOUND', `The group has no other member ${request.peerId}.`, {
      suggestions: ['quorate members list']
    })
  }
  const { peerId } = member
  for (const address of request.addresses) checkAddress(peerId, address)
  api.node.command({ name: 'hello.learn', payload: { peerId, addresses: request.addresses } })
  api.transport.addAddresses(peerId, request.addresses)
  return { peerId, addresses: request.addresses }
}

const checkAddress = (peerId: string, address: string): void => {
  const named = parseTcpAddress(address)?.peerId
  if (isDialAddress(address) && (named === undefined || named === peerId)) return
  throw new QuorateError('QRT_USAGE', `"${address}" is no address at which ${peerId} could be dialled.`, {
    suggestions: ['Give it like /ip4/192.0.2.7/tcp/4550.']
  })
}
