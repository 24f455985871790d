import {
  TOKENS,
  CONTRACT_VERSION,
  NO_CONFIG,
  definePlugin,
  type Ledger,
  type LedgerInit,
  type LedgerModule
} from '@quorate/contracts'
import { createLedgerApplication, type Head } from './application.ts'
import { createHistory } from './history.ts'
import { createLedgerMachine } from './machine.ts'
import { createEvidenceModule } from './modules/evidence.ts'
import { createMembershipModule, createVoterSetReader } from './modules/membership.ts'
import { createProposalsModule } from './modules/proposals.ts'
import { loadHead, loadState } from './records.ts'
import type { StateLayer } from './state-layer.ts'

/** Opens the ledger on what the store holds, or founds it; the ledger machine's `start` then writes the founding state. */
export const createLedger = (init: LedgerInit): Ledger => {
  const { store, open } = init
  const builtIn = [
    createMembershipModule(init.founding),
    createProposalsModule(open),
    createEvidenceModule(open)
  ]
  const modules = [...builtIn, ...init.modules]
  const head = loadHead(store)
  const base = loadState(store)
  if (!head) found(base, modules)
  const voterSetOf = createVoterSetReader()
  const application = createLedgerApplication({
    modules,
    base,
    head: head ?? foundingHead(init),
    voters: layer => voterSetOf(layer.reader(''))
  })
  return {
    application,
    machine: createLedgerMachine({ application, base, modules, fresh: !head }),
    history: createHistory({ store, modules, open }),
    state: base.reader('')
  }
}

const foundingHead = ({ groupId, founding }: LedgerInit): Head => ({
  seq: 0,
  digest: groupId,
  time: founding.createdAt,
  entries: 0
})

const found = (base: StateLayer, modules: readonly LedgerModule[]): void => {
  for (const module of modules) module.found?.(base.writer(module.name))
}

/** The built-in ledger, as a plugin. */
export const ledgerPlugin = definePlugin({
  name: '@quorate/ledger',
  version: '0.1.0',
  contractVersion: CONTRACT_VERSION,
  provides: [{ token: TOKENS.ledger.key, name: 'kv' }],
  requires: [],
  configSchema: NO_CONFIG,
  register: registrar => registrar.provide(TOKENS.ledger, 'kv', { name: 'kv', create: createLedger })
})
