import type { Clock, Signing, Store } from '@quorate/contracts'
import { createProposalReader } from '@quorate/consensus'
import { foundingVoterSet } from '@quorate/core'
import { createSigning } from '@quorate/identity'
import { createLibp2pTransport, type Libp2pTransport } from '@quorate/network'
import { assembleNode, type Assembled } from '@quorate/runtime'
import { openStore } from '@quorate/storage'
import type { Logger } from 'pino'
import type { ApiNode } from '../api/index.ts'
import type { LoadedConfig, LoadedHome } from '../home/index.ts'
import { readAddressBook } from '../machines/hello-book.ts'
import type { Cleanup } from './cleanup.ts'
import { createClock } from './clock.ts'
import { createBuiltInHost } from './plugins.ts'

/** Spaces that grow with history: verified when they are read, not at each start. */
const LAZY_SPACES = ['ledger/batch', 'ledger/first', 'ledger/id', 'node/event', 'api/once', 'api/once-time']

export interface OpenNodeInit {
  readonly loaded: LoadedHome
  readonly settings: LoadedConfig
  /** Where to listen, ports chosen. */
  readonly listen: readonly string[]
  readonly log: Logger
  readonly cleanup: Cleanup
  onFatal(error: unknown): void
}

/** Everything of a node that does not listen yet. */
export interface OpenedNode extends Assembled {
  readonly transport: Libp2pTransport
  /** As the control API wants it. */
  readonly api: ApiNode
}

/** Opens the store, starts the plugins, puts the node together. Errors: of storage, QRT_PLUGIN. */
export const openNode = async (init: OpenNodeInit): Promise<OpenedNode> => {
  const { loaded, settings, log, cleanup } = init
  const { groupId, founding, key } = loaded
  const store = openStore({
    directory: loaded.paths.data,
    lazySpaces: LAZY_SPACES,
    onLog: ({ level, message, details }) => log[level](details, message)
  })
  cleanup.add('store', () => store.close())
  const plugins = createBuiltInHost()
  cleanup.add('plugins', () => plugins.stop())
  await plugins.start()
  const signing = createSigning({ key, groupId })
  const transport = createTransport(init, signing, store)
  const clock = createClock()
  const assembled = assembleNode({
    plugins,
    groupId,
    founding,
    signing,
    store,
    transport,
    clock,
    settings: { ballots: { policy: settings.config['ballot.policy'] } },
    onFatal: error => init.onFatal(error)
  })
  return { ...assembled, transport, api: apiNode(init, { ...assembled, signing, store, transport, clock }) }
}

const createTransport = (
  { loaded, listen, log }: OpenNodeInit,
  signing: Signing,
  store: Store
): Libp2pTransport => {
  const { founding, groupId, key } = loaded
  const transport = createLibp2pTransport({
    privateKey: key.seed,
    groupId,
    listen,
    members: founding.members.map(({ peerId }) => peerId),
    voters: foundingVoterSet(founding).voters.map(({ peerId }) => peerId),
    onLog: (level, message, data) => log[level](data ?? {}, message)
  })
  for (const [peerId, addresses] of readAddressBook(store, frame => signing.open(frame))) {
    if (peerId !== signing.self) transport.addAddresses(peerId, addresses)
  }
  return transport
}

interface ApiParts extends Assembled {
  readonly signing: Signing
  readonly store: Store
  readonly transport: Libp2pTransport
  readonly clock: Clock
}

const apiNode = ({ loaded, settings, log }: OpenNodeInit, parts: ApiParts): ApiNode => {
  const { node, ledger, consensus, signing, store, transport, clock } = parts
  return {
    node,
    ledger,
    consensus,
    store,
    signing,
    transport,
    networkCounters: () => transport.counters(),
    founding: loaded.founding,
    groupId: loaded.groupId,
    config: settings.config,
    configEntries: settings.entries,
    proposals: createProposalReader({
      store,
      ledger,
      open: frame => signing.open(frame),
      now: () => clock.now(),
      isoTime: ms => new Date(ms).toISOString()
    }),
    log,
    now: () => clock.now()
  }
}
