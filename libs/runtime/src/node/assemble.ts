import type {
  CborValue,
  Clock,
  ConfigSchema,
  FoundingDocument,
  GroupId,
  Ledger,
  LedgerModule,
  Machine,
  Signing,
  Store,
  StrategyChoice,
  Token,
  Transport
} from '@quorate/contracts'
import { QuorateError, TOKENS } from '@quorate/contracts'
import { createNode, type QuorateNode } from './node.ts'

/** What the plugin host offers to the assembly. */
export interface Resolver {
  resolve<T>(token: Token<T>, name: string): T
  resolveAll<T>(token: Token<T>): readonly { readonly name: string; readonly value: T }[]
}

/** Settings of this node, by the name of the machine that they concern. */
export interface Settings {
  readonly [machine: string]: { readonly [key: string]: CborValue }
}

export interface AssemblyInit {
  readonly plugins: Resolver
  readonly groupId: GroupId
  readonly founding: FoundingDocument
  readonly signing: Signing
  readonly store: Store
  readonly transport: Pick<Transport, 'send' | 'broadcast' | 'charge'>
  readonly clock: Clock
  readonly settings: Settings
  onFatal(error: unknown): void
}

export interface Assembled {
  readonly node: QuorateNode
  readonly ledger: Ledger
  readonly consensus: Machine
}

/**
 * Puts a node together from what plugins provide and what the founding document chooses by name: ledger, ledger modules,
 * consensus strategy, machines. The daemon and the simulator both come through here.
 * Errors: QRT_PLUGIN when a choice names what no plugin provides, has another version, or a configuration is not valid.
 */
export const assembleNode = (init: AssemblyInit): Assembled => {
  const { plugins, founding, signing, store } = init
  const ledger = plugins.resolve(TOKENS.ledger, 'kv').create({
    store,
    groupId: init.groupId,
    founding,
    modules: ledgerModules(plugins, founding),
    open: signing.open
  })
  const { application, history, state } = ledger
  const strategy = chosen(plugins, TOKENS.consensusStrategy, founding.consensus)
  const shared = { store, self: signing.self, signing, application, history }
  const consensus = strategy.create({ ...shared, groupId: init.groupId, config: founding.consensus.config })
  const others = plugins
    .resolveAll(TOKENS.machine)
    .map(({ name, value }) =>
      value.create({ ...shared, state, founding, settings: init.settings[name] ?? {} })
    )
  const machines: Machine[] = [ledger.machine, consensus, ...others]
  const members = new Set(founding.members.map(({ peerId }) => peerId))
  const node = createNode({ ...init, machines, isMember: peer => members.has(peer) })
  return { node, ledger, consensus }
}

const ledgerModules = (plugins: Resolver, founding: FoundingDocument): LedgerModule[] => [
  ...plugins.resolveAll(TOKENS.ledgerModule).map(({ value }) => value),
  chosen(plugins, TOKENS.auctionStrategy, founding.auction).create(founding.auction.config)
]

interface Chosen {
  readonly version: number
  readonly configSchema: ConfigSchema<unknown>
}

/** The strategy that the founding document names, in the version and with the configuration that it names. */
const chosen = <T extends Chosen>(plugins: Resolver, token: Token<T>, choice: StrategyChoice): T => {
  const strategy = plugins.resolve(token, choice.name)
  if (strategy.version !== choice.version) {
    throw new QuorateError(
      'QRT_PLUGIN',
      `the group was founded on ${token.key} "${choice.name}" version ${choice.version}; ` +
        `version ${strategy.version} is installed`,
      {
        suggestions: [
          `install the release of Quorate that carries "${choice.name}" version ${choice.version}`
        ]
      }
    )
  }
  const checked = strategy.configSchema.parse(choice.config)
  if (checked.ok) return strategy
  throw new QuorateError(
    'QRT_PLUGIN',
    `the configuration of "${choice.name}" is not valid: ${checked.issues.join('; ')}`,
    {
      suggestions: ['the founding document cannot be changed: found a new group with a valid configuration']
    }
  )
}
