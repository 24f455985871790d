import type { AuctionState } from '@quorate/client'
import { decimal } from '../../output/amount.ts'
import { table } from '../../output/table.ts'
import { nameOf, type DemoContext } from './context.ts'
import { eventually } from './wait.ts'
import { AGENTS, WORKFLOW } from './workflow.ts'

/** Long enough for sealed bids of agents on one machine. */
const BID_WINDOW_MS = 1_000

/** Agents of three peers bid, sealed, for the steps of a recorded workflow; every voter recomputes the scores. */
export async function demoAuction(context: DemoContext): Promise<void> {
  const { narrator } = context
  narrator.chapter('Allocate', `sealed-bid auctions for steps of a real workflow: ${WORKFLOW.source}`)
  await registerAgents(context)
  for (const step of WORKFLOW.kinds) await auctionStep(context, step)
}

async function registerAgents(context: DemoContext): Promise<void> {
  const { narrator, peers, signal } = context
  for (const [i, agent] of AGENTS.entries()) await peers[i + 1]?.client.registerAgent(agent)
  const known = await eventually(
    async () => {
      const agents = await peers[0]?.client.agents()
      return agents && agents.length >= AGENTS.length ? agents : undefined
    },
    { withinMs: 10_000, signal }
  )
  if (!known) return narrator.failed('the agents did not reach the ledger')
  const offers = AGENTS.map(
    ({ name, rate, throughput }, i) => `${name} on ${peers[i + 1]?.name} (${rate}/s, ×${throughput})`
  )
  narrator.seen(`registered: ${offers.join(', ')}`)
}

async function auctionStep(context: DemoContext, step: (typeof WORKFLOW.kinds)[number]): Promise<void> {
  const { narrator, peers } = context
  const weights = Object.entries(step.wants).map(([criterion, weight]) => `${criterion}=${weight}`)
  narrator.doing(
    `peer-1: quorate auction "${step.kind}" --weights ${weights.join(',')} — ${step.steps} steps, ${decimal(step.work, 0)} s of work`
  )
  const view = await peers[0]?.client.startAuction({
    task: `${WORKFLOW.name}: ${step.steps} × ${step.kind}`,
    requirements: { capabilities: { [step.capability]: 0.4 } },
    work: step.work,
    weights: step.wants,
    bidWindowMs: BID_WINDOW_MS,
    wait: true
  })
  if (!view?.auctionSuccessful) return narrator.failed(`no award: ${view?.reason ?? 'no answer'}`)
  narrator.block(scoreTable(context, view))
  const agent = agentName(context, view.winningAgent ?? '')
  narrator.seen(
    `${narrator.style.bold(agent)} wins for ${decimal(view.payment ?? 0)}; risk ${view.riskAssessment.level}, fencing token ${view.fencingToken}`
  )
  await recompute(context, view)
}

/** Another member recomputes the award from its own ledger, as soon as that holds it: a quorum may be faster. */
async function recompute(
  { narrator, peers, signal }: DemoContext,
  { auctionId }: AuctionState
): Promise<void> {
  const replay = await eventually(async () => peers[2]?.client.replayAuction(auctionId), {
    withinMs: 10_000,
    signal
  })
  if (replay?.matches) narrator.seen('peer-3 recomputes the award from its own ledger: the same')
  else narrator.failed(`peer-3 recomputes another award: ${replay?.recomputed ?? 'none'}`)
}

function scoreTable(context: DemoContext, view: AuctionState): string {
  const ranked = Object.entries(view.evaluationScores).toSorted(([, a], [, b]) => b.overall - a.overall)
  const criteria = Object.keys(ranked[0]?.[1].criteria ?? {})
  const rows = ranked.map(([agent, { overall, criteria: scores }]) => [
    agent === view.winningAgent ? `${agentName(context, agent)} ★` : agentName(context, agent),
    overall.toFixed(3),
    ...criteria.map(criterion => (scores[criterion] ?? 0).toFixed(3))
  ])
  return table(['agent', 'score', ...criteria], rows, context.narrator.style)
}

const agentName = (context: DemoContext, address: string): string => {
  const [host = '', agent = address] = address.split('/')
  return `${agent} (${nameOf(context, host)})`
}
