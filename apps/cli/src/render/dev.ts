import type { DevPeer } from '../dev/cluster.ts'
import { counted } from '../output/amount.ts'
import type { Style } from '../output/style.ts'
import { table } from '../output/table.ts'
import { quoted } from '../session.ts'

export interface DevReady {
  readonly groupId: string
  readonly peers: readonly DevPeer[]
}

/** The peers, and what to try with them. */
export function renderDev({ groupId, peers }: DevReady, style: Style): string {
  const rows = peers.map(({ name, pid, home, peerId }) => [name, String(pid), home, peerId])
  const home = (index: number): string => quoted(peers[Math.min(index, peers.length - 1)]?.home ?? '')
  const next = [
    `quorate --home ${home(0)} status`,
    `quorate --home ${home(1)} propose "Shall we deploy tonight?"`,
    `quorate --home ${home(2)} ledger list`
  ]
  return [
    `${style.green('✔')} ${counted(peers.length, 'peer')} ready in group ${groupId}`,
    '',
    table(['Peer', 'Pid', 'Home', 'Peer id'], rows, style),
    '',
    'Try in another terminal:',
    ...next.map(command => `  ${style.cyan(command)}`),
    '',
    'Ctrl-C stops the peers.'
  ].join('\n')
}
