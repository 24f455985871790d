import type { FoundingDocument, GroupId, LedgerModule, Machine, Opened, StateReader, StoreReader } from '@quorate/contracts'
import { createLedgerApplication, type Head, type LedgerApplication } from './application.ts'
import { createHistory, type History } from './history.ts'
import { createLedgerMachine } from './machine.ts'
import { createEvidenceModule } from './modules/evidence.ts'
import { createMembershipModule, createVoterSetReader } from './modules/membership.ts'
import { createProposalsModule } from './modules/proposals.ts'
import { loadHead, loadState } from './records.ts'
import type { StateLayer } from './state-layer.ts'

export interface LedgerInit {
  readonly store: StoreReader
  readonly groupId: GroupId
  readonly founding: FoundingDocument
  /** Modules beside the built-in ones (membership, proposals, evidence). */
  readonly modules: readonly LedgerModule[]
  open(frame: Uint8Array): Opened
}

/** Everything about the ledger of one node. */
export interface Ledger {
  readonly application: LedgerApplication
  readonly machine: Machine
  readonly history: History
  /** The state as executed; `state.module(name)` reads a module's space. */
  readonly state: StateReader
}

/** Opens the ledger on what the store holds, or founds it; the ledger machine's `start` then writes the founding state. */
export const createLedger = (init: LedgerInit): Ledger => {
  const { store, open } = init
  const builtIn = [createMembershipModule(init.founding), createProposalsModule(open), createEvidenceModule(open)]
  const modules = [...builtIn, ...init.modules]
  const head = loadHead(store)
  const base = loadState(store)
  if (!head) found(base, modules)
  const voterSetOf = createVoterSetReader()
  const application = createLedgerApplication({
    modules,
    base,
    head: head ?? foundingHead(init),
    voters: (layer) => voterSetOf(layer.reader('')),
  })
  return {
    application,
    machine: createLedgerMachine({ application, base, modules, fresh: !head }),
    history: createHistory({ store, modules, open }),
    state: base.reader(''),
  }
}

const foundingHead = ({ groupId, founding }: LedgerInit): Head => ({
  seq: 0,
  digest: groupId,
  time: founding.createdAt,
  entries: 0,
})

const found = (base: StateLayer, modules: readonly LedgerModule[]): void => {
  for (const module of modules) module.found?.(base.writer(module.name))
}
