import type { CborValue, GroupId } from './ids.ts'
import type { Signing } from './envelope.ts'
import type { Application, LedgerFactory, LedgerHistory, LedgerModule, StateReader } from './ledger.ts'
import type { Machine, MachineContext } from './machine.ts'
import type { FoundingDocument } from './group.ts'
import type { Verdict } from './verdict.ts'

/** Version of this plugin API. A plugin names the one it was built for; the host loads only the same major. */
export const CONTRACT_VERSION = '1.0'

/** A typed name under which plugins provide something. One token may have many providers, told apart by name. */
export interface Token<T> {
  readonly key: string
  /** Never present; carries the type. */
  readonly __type?: T
}

const token = <T>(key: string): Token<T> => ({ key })

/** The extension points. `docs/plugin-guide.md` says what each one owes. */
export const TOKENS = {
  consensusStrategy: token<ConsensusStrategy>('consensus.strategy'),
  machine: token<MachineFactory>('machine'),
  ledger: token<LedgerFactory>('ledger'),
  ledgerModule: token<LedgerModule>('ledger.module'),
  proposalValidator: token<ProposalValidator>('proposal.validator'),
  auctionStrategy: token<LedgerModuleFactory>('auction.strategy')
} as const

/** Result of checking a plugin's configuration. */
export type ConfigResult<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly issues: readonly string[] }

/** Anything that can check a configuration value; pure. */
export interface ConfigSchema<T> {
  parse(value: { readonly [key: string]: CborValue }): ConfigResult<T>
}

export interface Provided {
  readonly token: string
  readonly name: string
}

/** Where a plugin puts what it provides. Only what the manifest lists may be registered. */
export interface Registrar {
  provide<T>(token: Token<T>, name: string, value: T): void
  /** What another plugin provides; available from the moment that plugin has registered. */
  resolve<T>(token: Token<T>, name: string): T
}

export interface PluginManifest {
  readonly name: string
  readonly version: string
  /** CONTRACT_VERSION it was built for. */
  readonly contractVersion: string
  readonly provides: readonly Provided[]
  readonly requires: readonly Provided[]
}

export interface Plugin<Config = unknown> extends PluginManifest {
  readonly configSchema: ConfigSchema<Config>
  register(registrar: Registrar, config: Config): void
  /** Called in dependency order, bounded in time. */
  start?(): Promise<void> | void
  /** Called in reverse order, bounded in time. */
  stop?(): Promise<void> | void
}

/** Declares a plugin; only fixes the types. */
export const definePlugin = <Config>(plugin: Plugin<Config>): Plugin<Config> => plugin

/** Accepts any configuration that is empty. */
export const NO_CONFIG: ConfigSchema<Record<string, never>> = {
  parse: value =>
    Object.keys(value).length === 0
      ? { ok: true, value: {} }
      : { ok: false, issues: Object.keys(value).map(key => `unknown setting "${key}"`) }
}

export interface ConsensusInit extends MachineContext {
  readonly signing: Signing
  readonly application: Application
  readonly history: LedgerHistory
  readonly groupId: GroupId
  /** The founding document's `consensus.config`, checked by `configSchema`. */
  readonly config: { readonly [key: string]: CborValue }
}

/** Orders batches. Its machine is called `consensus` and answers `consensus.submit` and `consensus.executed`. */
export interface ConsensusStrategy {
  readonly name: string
  readonly version: number
  readonly configSchema: ConfigSchema<unknown>
  create(init: ConsensusInit): Machine
}

export interface MachineInit extends MachineContext {
  readonly signing: Signing
  readonly application: Application
  readonly history: LedgerHistory
  readonly state: StateReader
  readonly founding: FoundingDocument
  /** This node's own settings for the machine (docs/reference/config.md), checked by the machine. */
  readonly settings: { readonly [key: string]: CborValue }
}

export interface MachineFactory {
  readonly name: string
  create(init: MachineInit): Machine
}

/** Makes a ledger module from the configuration in the founding document. */
export interface LedgerModuleFactory {
  readonly name: string
  readonly version: number
  readonly configSchema: ConfigSchema<unknown>
  create(config: { readonly [key: string]: CborValue }): LedgerModule
}

/** Judges a proposal on a voter's behalf. Pure. `ignore` means no opinion. */
export interface ProposalValidator {
  readonly name: string
  judge(proposal: { readonly statement: string; readonly data: unknown }): {
    readonly verdict: Verdict
    readonly confidencePpm: number
    readonly reason: string
  }
}
