import type {
  CborValue,
  Command,
  DecidedBatch,
  Effect,
  Entry,
  LedgerEvent,
  LedgerModule,
  Machine,
  MachineInput
} from '@quorate/contracts'
import type { LedgerApplication } from './application.ts'
import { idOps } from './ids.ts'
import { batchOps, headOp, stateOps } from './records.ts'
import { stateDigest } from './state-digest.ts'
import type { StateLayer } from './state-layer.ts'

export const LEDGER_MACHINE = 'ledger'

export interface LedgerMachineInit {
  readonly application: LedgerApplication
  readonly base: StateLayer
  readonly modules: readonly LedgerModule[]
  /** True when the store holds no ledger yet: the founding state is written at start. */
  readonly fresh: boolean
}

/**
 * Executes what consensus has decided: state, history and head in one `persist`, events to whoever listens, and
 * `consensus.executed` back. Answers the command `ledger.execute` (contracts, DecidedBatch), in sequence order.
 */
export const createLedgerMachine = (init: LedgerMachineInit): Machine => {
  const moduleOf = new Map(init.modules.flatMap(module => module.kinds.map(kind => [kind, module])))

  const idOf = (entry: Entry): string => moduleOf.get(entry.kind)?.idOf(entry) ?? entry.digest

  const execute = (decided: DecidedBatch): Effect[] => {
    const { batch, certificate, checkpoint } = decided
    const { events, layer } = init.application.commit(batch)
    const ops = [
      ...batchOps(batch, certificate),
      ...idOps(batch, idOf),
      ...stateOps(layer.writes()),
      headOp(init.application.head())
    ]
    const digest = checkpoint ? stateDigest(init.base) : undefined
    return [
      { type: 'persist', ops, lazy: 'shared' },
      route('consensus.executed', { batch, stateDigest: digest }),
      ...events.flatMap(event => tell(event, batch.header.time)),
      {
        type: 'notify',
        event: { type: 'batch', durable: false, data: { seq: batch.header.seq, entries: batch.header.count } }
      }
    ]
  }

  return {
    name: LEDGER_MACHINE,
    codecs: [],
    start: () => (init.fresh ? [persistFounding(init)] : []),
    step: (input: MachineInput) =>
      input.type === 'command' && input.command.name === 'ledger.execute'
        ? execute(input.command.payload as DecidedBatch)
        : []
  }
}

const persistFounding = ({ base, application }: LedgerMachineInit): Effect => ({
  type: 'persist',
  ops: [...stateOps(base.writes()), headOp(application.head())]
})

const route = (name: string, payload: unknown): Effect => ({
  type: 'route',
  command: { name, payload } satisfies Command
})

const tell = (event: LedgerEvent, time: number): Effect[] => {
  const data: CborValue = { id: event.id, sequence: event.sequence, time, data: event.data }
  return [route('ledger.event', event), { type: 'notify', event: { type: event.type, durable: true, data } }]
}
