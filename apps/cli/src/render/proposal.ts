import type { BallotVerdict, ProposalView } from '@quorate/contracts'
import { decimal } from '../output/amount.ts'
import { clean, shortId, shorten } from '../output/clean.ts'
import { fields } from '../output/fields.ts'
import type { Style } from '../output/style.ts'
import { table } from '../output/table.ts'

export interface ProposalInput {
  readonly view: ProposalView
  readonly names: ReadonlyMap<string, string>
}

export function renderProposal(input: ProposalInput, style: Style): string {
  const { view } = input
  const parts = [
    `${outcomeMark(view, style)}  ${style.bold(shorten(view.statement, 100))}`,
    fields(details(input), style),
    ballots(input, style),
    nextStep(view, style)
  ]
  return parts.filter(part => part !== '').join('\n\n')
}

function details({ view, names }: ProposalInput): (readonly [string, string])[] {
  const named = (peers: readonly string[]): string =>
    peers.map(peer => clean(names.get(peer) ?? peer)).join(', ')
  const data = view.decision?.data
  return [
    ['Option', clean(view.decision?.option ?? '')],
    ['Data', data === undefined || data === null ? '' : shorten(JSON.stringify(data), 100)],
    ['Reason', clean(view.reason)],
    ['Confidence', view.consensusReached ? decimal(view.consensusConfidence) : ''],
    ['Participants', named(view.participatingPeers)],
    [
      'Byzantine',
      view.byzantinePeersDetected.map(peer => `${named([peer.peerId])} (${clean(peer.type)})`).join(', ')
    ],
    ['Proposer', named([view.proposer])],
    ['Deadline', clean(view.deadline)],
    ['Sequence', view.sequence === null ? '' : String(view.sequence)],
    ['Proposal', clean(view.proposalId)]
  ]
}

function outcomeMark(view: ProposalView, style: Style): string {
  if (view.outcome === 'accepted') return style.green('✔ accepted')
  if (view.outcome === 'rejected') return style.red('✘ rejected')
  return style.yellow(view.pending ? '… pending' : '? undecided')
}

function ballots({ view, names }: ProposalInput, style: Style): string {
  if (view.ballots.length === 0) return ''
  const rows = view.ballots.map(ballot => [
    clean(names.get(ballot.peerId) ?? ballot.peerId),
    verdict(ballot.verdict, style),
    decimal(ballot.confidence, 2),
    shorten(ballot.reason, 60)
  ])
  return table(['Voter', 'Verdict', 'Confidence', 'Reason'], rows, style)
}

function verdict(given: BallotVerdict, style: Style): string {
  if (given === 'accept') return style.green(given)
  return given === 'reject' ? style.red(given) : style.dim(given)
}

function nextStep(view: ProposalView, style: Style): string {
  const id = shortId(view.proposalId)
  if (view.pending) return style.dim(`Wait for it: quorate proposals wait ${id}`)
  if (view.outcome === 'undecided') return style.dim('See who is there to decide: quorate status')
  return view.receipt === null ? '' : style.dim(`Keep the proof: quorate receipt ${id} --out receipt.json`)
}

export function renderProposals(views: readonly ProposalView[], style: Style): string {
  if (views.length === 0) return 'No proposals.'
  const rows = views.map(view => [
    shortId(view.proposalId),
    outcomeMark(view, style),
    view.sequence === null ? '—' : String(view.sequence),
    shorten(view.statement, 60)
  ])
  return table(['Proposal', 'Outcome', 'Sequence', 'Statement'], rows, style)
}
