import type { ProposalView } from '@quorate/contracts'
import { DECISION_KIND, RECORD_KIND } from '@quorate/core'
import type { ApiContext } from '../context.ts'
import { completeView } from './proposal-view.ts'

/** Decided proposals that a list goes back to, and ledger entries that it looks at for them. */
export const DECIDED_LISTED_MAX = 100
const ENTRIES_LOOKED_AT = 2000

/** Open proposals, newest first, and unless only pending ones are asked for, those decided last, latest first. */
export const listProposals = (api: ApiContext, onlyPending: boolean): ProposalView[] => {
  const open = api.proposals.open(onlyPending).map(read => completeView(api, read))
  return onlyPending ? open.filter(({ pending }) => pending) : [...open, ...decided(api)]
}

const decided = (api: ApiContext): ProposalView[] => {
  const { history, application } = api.ledger
  const since = Math.max(0, application.head().entries - ENTRIES_LOOKED_AT)
  return history
    .entries(since, ENTRIES_LOOKED_AT)
    .filter(({ entry }) => entry.kind === DECISION_KIND || entry.kind === RECORD_KIND)
    .slice(-DECIDED_LISTED_MAX)
    .toReversed()
    .flatMap(({ id }) => api.proposals.show(id) ?? [])
    .map(read => completeView(api, read))
}
