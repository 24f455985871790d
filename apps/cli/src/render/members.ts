import type { MemberView, PeerView } from '@quorate/contracts'
import { clean, shortId } from '../output/clean.ts'
import type { Style } from '../output/style.ts'
import { table } from '../output/table.ts'

export function renderPeers(peers: readonly PeerView[], style: Style): string {
  if (peers.length === 0) return 'No other peers are known.'
  const rows = peers.map(peer => [
    clean(peer.member),
    peer.role,
    stateOf(peer, style),
    peer.latencyMs === null ? '—' : `${peer.latencyMs} ms`,
    clean(peer.addresses[0]?.replace(/\/p2p\/[^/]+$/, '') ?? '—'),
    shortId(peer.peerId)
  ])
  return table(['Member', 'Role', 'State', 'Latency', 'Address', 'Peer id'], rows, style)
}

/** The score is only worth a word when the peer has sent what had to be refused. */
function stateOf({ connected, score }: PeerView, style: Style): string {
  const state = connected ? style.green('connected') : style.red('absent')
  return score < 0 ? `${state} ${style.yellow(`score ${score}`)}` : state
}

export function renderMembers(members: readonly MemberView[], style: Style): string {
  const rows = members.map(({ member, role, weight, peerId }) => [
    clean(member),
    role,
    String(weight),
    clean(peerId)
  ])
  return table(['Member', 'Role', 'Weight', 'Peer id'], rows, style)
}
