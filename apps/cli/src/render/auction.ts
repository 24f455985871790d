import type { ScoreView } from '@quorate/contracts'
import type { AuctionState } from '@quorate/client'
import { decimal } from '../output/amount.ts'
import { clean, shortId, shorten } from '../output/clean.ts'
import { fields } from '../output/fields.ts'
import { withNames } from '../members.ts'
import type { Style } from '../output/style.ts'
import { table } from '../output/table.ts'

export type Names = ReadonlyMap<string, string>

export function renderAuction(given: AuctionState, names: Names, style: Style): string {
  const view = named(given, names)
  const parts = [
    `${mark(view, style)}  ${style.bold(shorten(view.task, 100))}`,
    fields(award(view), style),
    scores(view, style),
    risk(view, style),
    nextStep(view, style)
  ]
  return parts.filter(part => part !== '').join('\n\n')
}

/** For people: agents as `member/agent`, wherever they stand. */
function named(view: AuctionState, names: Names): AuctionState {
  const { receipt, ...rest } = view
  return { ...(JSON.parse(withNames(JSON.stringify(rest), names)) as typeof rest), receipt }
}

function mark({ phase }: AuctionState, style: Style): string {
  if (phase === 'awarded') return style.green('✔ awarded')
  if (phase === 'bidding' || phase === 'revealing') return style.yellow(`… ${phase}`)
  return style.red(`✘ ${phase === 'cancelled' ? 'cancelled' : 'no award'}`)
}

function award(view: AuctionState): (readonly [string, string])[] {
  const { winningBid: bid, result } = view
  return [
    ['Winner', winner(view)],
    [
      'Bid',
      bid === null
        ? ''
        : `cost ${decimal(bid.cost)}, quality ${decimal(bid.quality)}, throughput ${decimal(bid.throughput)}`
    ],
    ['Note', shorten(bid?.note ?? '', 100)],
    ['Payment', view.payment === null ? '' : decimal(view.payment)],
    ['Alternates', view.alternates.map(clean).join(', ')],
    [
      'Result',
      result ? `${clean(result.status)}: ${shorten(JSON.stringify(result.output ?? null), 100)}` : ''
    ],
    ['Reason', clean(view.reason)],
    ['Auction', clean(view.auctionId)]
  ]
}

function winner({ winningAgent, fencingToken }: AuctionState): string {
  const token = fencingToken === null ? '' : `, fencing token ${fencingToken}`
  return winningAgent === null ? '' : `${clean(winningAgent)}${token}`
}

/** One row for each agent, best first; one column for each criterion. */
function scores(view: AuctionState, style: Style): string {
  const ranked = Object.entries(view.evaluationScores).toSorted(([, a], [, b]) => b.overall - a.overall)
  if (ranked.length === 0) return ''
  const criteria = [...new Set(ranked.flatMap(([, score]) => Object.keys(score.criteria)))]
  const rows = ranked.map(([agent, score]) => scoreRow(agent, score, { criteria, view, style }))
  return table(['Agent', 'Score', ...criteria.map(clean)], rows, style)
}

function scoreRow(
  agent: string,
  score: ScoreView,
  at: { readonly criteria: readonly string[]; readonly view: AuctionState; readonly style: Style }
): string[] {
  const name = agent === at.view.winningAgent ? at.style.green(`${clean(agent)} ★`) : clean(agent)
  const parts = at.criteria.map(criterion => {
    const value = score.criteria[criterion]
    return value === undefined ? '—' : value.toFixed(3)
  })
  return [name, score.overall.toFixed(3), ...parts]
}

function risk({ riskAssessment }: AuctionState, style: Style): string {
  const { level, factors } = riskAssessment
  if (factors.length === 0) return ''
  const paint = level === 'low' ? style.green : level === 'high' ? style.red : style.yellow
  const rows = factors.map(of => [
    clean(of.agent),
    clean(of.factor),
    decimal(of.level, 2),
    shorten(of.detail, 60)
  ])
  return `Risk: ${paint(level)}\n${table(['Agent', 'Factor', 'Level', 'Detail'], rows, style)}`
}

function nextStep(view: AuctionState, style: Style): string {
  const id = shortId(view.auctionId)
  if (view.phase === 'bidding')
    return style.dim(`Bid: quorate bid ${id} --agent NAME --cost C --quality Q --throughput N`)
  return view.receipt === null ? '' : style.dim(`Keep the proof: quorate receipt ${id} --out receipt.json`)
}

export function renderAuctions(views: readonly AuctionState[], names: Names, style: Style): string {
  if (views.length === 0) return 'No auctions.'
  const rows = views
    .map(view => named(view, names))
    .map(view => [
      shortId(view.auctionId),
      mark(view, style),
      clean(view.winningAgent ?? '—'),
      shorten(view.task, 60)
    ])
  return table(['Auction', 'State', 'Winner', 'Task'], rows, style)
}
