import type { DemoContext } from './context.ts'
import { decide, sameLedger } from './decide.ts'

/** A decision with ballots, the same on all peers, with a receipt that is checked without any daemon. */
export async function demoDecision(context: DemoContext): Promise<void> {
  const { narrator, peers } = context
  narrator.chapter(
    'Decide',
    'peer-2 proposes; each voter judges for itself and signs one ballot; PBFT orders the outcome'
  )
  const proposer = peers[1]
  if (!proposer) return
  narrator.doing('peer-2: quorate propose "Process the 1000Genome trace tonight"')
  const view = await decide(context, proposer.client, 'Process the 1000Genome trace tonight')
  if (view?.sequence === undefined || view.sequence === null) return
  await sameLedger(context, view.sequence)
  await verifyOffline(context, view.receipt)
}

async function verifyOffline({ narrator, group }: DemoContext, receipt: unknown): Promise<void> {
  const { verifyReceipt } = await import('@quorate/identity')
  const verification = verifyReceipt(receipt, group)
  if (!verification.valid) return narrator.failed(`the receipt does not verify: ${verification.reason}`)
  narrator.seen(
    `its receipt verifies offline: ${verification.signers.length} commit signatures, no daemon asked`
  )
  const altered = structuredClone(receipt) as { sequence: number }
  altered.sequence += 1
  const second = verifyReceipt(altered, group)
  if (second.valid) narrator.failed('an altered receipt verifies too')
  else narrator.seen(`the same receipt with one number changed does not: ${second.reason}`)
}
