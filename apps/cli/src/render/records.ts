import type {
  AgentView,
  EvidenceDetail,
  EvidenceView,
  LedgerEntryView,
  Verification
} from '@quorate/contracts'
import { decimal } from '../output/amount.ts'
import { clean, shortId, shorten } from '../output/clean.ts'
import { fields } from '../output/fields.ts'
import { withNames } from '../members.ts'
import type { Style } from '../output/style.ts'
import { table } from '../output/table.ts'

export function renderLedger(entries: readonly LedgerEntryView[], style: Style): string {
  if (entries.length === 0) return 'The ledger has no such entries.'
  const rows = entries.map(({ sequence, kind, at, id, digest }) => [
    String(sequence),
    clean(kind),
    clean(at),
    shortId(id),
    clean(digest).slice(0, 16)
  ])
  return table(['Sequence', 'Kind', 'Agreed time', 'Id', 'Digest'], rows, style)
}

export function renderEvidence(
  all: readonly EvidenceView[],
  names: ReadonlyMap<string, string>,
  style: Style
): string {
  if (all.length === 0) return 'No evidence: no peer has been caught lying.'
  const rows = all.map(({ evidenceId, peerId, type, sequence, view, at }) => [
    shortId(evidenceId),
    clean(names.get(peerId) ?? peerId),
    clean(type),
    sequence === null ? '—' : String(sequence),
    view === null ? '—' : String(view),
    clean(at)
  ])
  return table(['Evidence', 'Peer', 'Type', 'Sequence', 'View', 'At'], rows, style)
}

export function renderEvidenceDetail(
  detail: EvidenceDetail,
  names: ReadonlyMap<string, string>,
  style: Style
): string {
  const peer = clean(names.get(detail.peerId) ?? detail.peerId)
  const rest = fields(
    [
      ['First', shorten(detail.first.says, 200)],
      ['Second', shorten(detail.second.says, 200)],
      ['Sequence', detail.sequence === null ? '' : String(detail.sequence)],
      ['View', detail.view === null ? '' : String(detail.view)],
      ['At', clean(detail.at)],
      ['Peer id', clean(detail.peerId)],
      ['Evidence', clean(detail.evidenceId)]
    ],
    style
  )
  return `${style.red(clean(detail.type))} by ${style.bold(peer)}: two signed messages that contradict each other\n\n${rest}`
}

export function renderAgents(
  agents: readonly AgentView[],
  names: ReadonlyMap<string, string>,
  style: Style
): string {
  if (agents.length === 0) return 'No agents. Register one: quorate agents register NAME --capability CAP'
  const rows = agents.map(agent => [
    clean(withNames(agent.agent, names)),
    clean(amounts(agent.capabilities)),
    clean(amounts(agent.capacity)),
    clean(amounts(agent.load)),
    decimal(agent.reputation)
  ])
  return table(['Agent', 'Capabilities', 'Capacity', 'Load', 'Reputation'], rows, style)
}

function amounts(of: { readonly [name: string]: number }): string {
  return Object.entries(of)
    .map(([name, amount]) => `${name}=${decimal(amount)}`)
    .join(' ')
}

export function renderVerification(verification: Verification, style: Style): string {
  const head = verification.valid ? style.green('✔ valid receipt') : style.red('✘ not a valid receipt')
  const rest = fields(
    [
      ['Kind', clean(verification.kind)],
      ['Reason', clean(verification.reason)],
      ['Group', clean(verification.groupId)],
      ['Signers', verification.signers.map(clean).join(', ')]
    ],
    style
  )
  return rest === '' ? head : `${head}\n${rest}`
}
