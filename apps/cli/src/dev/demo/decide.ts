import type { Client } from '@quorate/client'
import type { ProposalView } from '@quorate/contracts'
import { nameOf, type DemoContext } from './context.ts'
import { eventually } from './wait.ts'

const DEADLINE_MS = 20_000

/** Proposes through one daemon and says what came of it. */
export async function decide(
  context: DemoContext,
  client: Client,
  statement: string
): Promise<ProposalView | undefined> {
  const { narrator } = context
  const begin = performance.now()
  const view = await client.propose({ statement, wait: true, deadlineMs: DEADLINE_MS })
  const took = Math.round(performance.now() - begin)
  if (view.outcome !== 'accepted') {
    narrator.failed(`the group did not accept "${statement}": ${view.outcome}, ${view.reason}`)
    return undefined
  }
  const voters = view.participatingPeers.map(peerId => nameOf(context, peerId)).join(', ')
  narrator.seen(`accepted in ${took} ms as ledger entry ${view.sequence}, by the ballots of ${voters}`)
  return view
}

/** The ledgers of the peers up to an entry, compared: the same digest everywhere. */
export async function sameLedger(context: DemoContext, sequence: number): Promise<boolean> {
  const digests = await Promise.all(
    context.peers.map(({ client }) =>
      eventually(async () => (await client.ledger({ since: sequence - 1, limit: 1 }))[0]?.digest, {
        withinMs: 15_000,
        signal: context.signal
      })
    )
  )
  const [first] = digests
  if (first === undefined || digests.some(digest => digest !== first)) {
    context.narrator.failed(`entry ${sequence} is not the same everywhere: ${digests.join(', ')}`)
    return false
  }
  context.narrator.seen(
    `entry ${sequence} has the digest ${first.slice(0, 16)}… on all ${digests.length} peers`
  )
  return true
}
