import type { ProposalView } from '@quorate/contracts'
import { memberNames } from '../members.ts'
import type { Session } from '../session.ts'

/** Prints a proposal; for people with the names of those who took part. */
export async function printProposal(session: Session, view: ProposalView): Promise<void> {
  await session.print(view, async style => {
    const { renderProposal } = await import('../render/proposal.ts')
    return renderProposal({ view, names: await memberNames(session) }, style)
  })
}
