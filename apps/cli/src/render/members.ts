import type { MemberView, PeerView } from '@quorate/contracts'
import { clean } from '../output/clean.ts'
import type { Style } from '../output/style.ts'
import { table } from '../output/table.ts'

export function renderPeers(peers: readonly PeerView[], style: Style): string {
  if (peers.length === 0) return 'No other peers are known.'
  const rows = peers.map(peer => [
    clean(peer.member),
    peer.role,
    peer.connected ? style.green('connected') : style.red('absent'),
    peer.latencyMs === null ? '—' : `${peer.latencyMs} ms`,
    clean(peer.addresses[0] ?? '—'),
    clean(peer.peerId)
  ])
  return table(['Member', 'Role', 'State', 'Latency', 'Address', 'Peer id'], rows, style)
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
