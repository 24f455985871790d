import type { AuctionState } from '@quorate/client'
import { memberNames } from '../members.ts'
import type { Session } from '../session.ts'

/** Prints an auction; for people with the names of the members whose agents bid. */
export async function printAuction(session: Session, view: AuctionState): Promise<void> {
  await session.print(view, async style => {
    const { renderAuction } = await import('../render/auction.ts')
    return renderAuction(view, await memberNames(session), style)
  })
}
