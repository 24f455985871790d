import type { ProposalView } from '@quorate/contracts'
import { counted, span } from '../output/amount.ts'
import type { Session } from '../session.ts'
import { waitUntil } from './wait-until.ts'

/** After the deadline the group still has to agree on what was, and to say so. */
const AFTER_DEADLINE_MS = 10_000

/** Waits for a proposal's outcome: until its deadline and a little more, or for as long as asked. */
export async function waitForProposal(
  session: Session,
  first: ProposalView,
  timeoutMs?: number
): Promise<ProposalView> {
  if (!first.pending) return first
  const quorum = session.terminal.stderr.isTTY ? await quorumOf(session) : '?'
  const untilMs =
    timeoutMs === undefined ? Date.parse(first.deadline) + AFTER_DEADLINE_MS : Date.now() + timeoutMs
  return waitUntil(
    first,
    {
      isDone: view => !view.pending,
      ask: ms => session.client.waitForProposal(first.proposalId, ms),
      describe: view => describe(view, quorum),
      untilMs
    },
    session.terminal
  )
}

function describe(view: ProposalView, quorum: string): string {
  const leftMs = Date.parse(view.deadline) - Date.now()
  const left = leftMs > 0 ? `${span(leftMs)} left` : 'the deadline has passed'
  const accepts = view.ballots.filter(ballot => ballot.verdict === 'accept').length
  const stage =
    view.ballots.length === 0 ? 'Waiting for ballots' : accepts >= Number(quorum) ? 'Ordering' : 'Voting'
  return `${stage}: ${counted(view.ballots.length, 'ballot')}, ${accepts} of ${quorum} accepts needed, ${left}`
}

async function quorumOf(session: Session): Promise<string> {
  return String((await session.client.status()).quorum)
}
