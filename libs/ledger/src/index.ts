/**
 * Applies ordered entries through ledger modules: the agreed state, its digest, its history. Membership, proposals and
 * evidence are built in; other libraries bring modules of their own.
 *
 * @example
 * const ledger = createLedger({ store, groupId, founding, modules: [], open: signing.open })
 * const { batch } = ledger.application.propose(groupId, submissions, limits)
 */
export * from './ledger.ts'
export { createHistory } from './history.ts'
export { type LedgerApplication, type Head } from './application.ts'
export { LEDGER_MACHINE } from './machine.ts'
export { SPACES as LEDGER_SPACES, numberKey } from './records.ts'
export { DEDUPE_WINDOW } from './dedupe.ts'
export * from './modules/membership.ts'
export * from './modules/proposals.ts'
export * from './modules/evidence.ts'
export * from './state-layer.ts'
export { stateDigest } from './state-digest.ts'
