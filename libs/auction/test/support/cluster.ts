import type {
  Effect,
  EntryDraft,
  LedgerEvent,
  Machine,
  MachineInit,
  PeerId,
  Store,
  StoreOp,
  SubmitRequest
} from '@quorate/contracts'
import { createVoterSet, encodeCbor, entryDigest, sha256 } from '@quorate/core'
import { createMemoryState } from '../../src/api/memory-state.ts'
import {
  agentsModule,
  createAuctionMachineFactory,
  createAuctionModule,
  STANDARD_RULES,
  type AuctionCommand,
  type AuctionMachineOptions,
  type OrderedEntry
} from '../../src/index.ts'
import { createFakeSigning } from './fake-signing.ts'

/** A store in memory that loses nothing once committed. */
export const createMemoryStore = (): Store => {
  const spaces = new Map<string, Map<string, Uint8Array>>()
  const space = (name: string) => {
    const known = spaces.get(name) ?? new Map<string, Uint8Array>()
    spaces.set(name, known)
    return known
  }
  return {
    get: (name, key) => space(name).get(key),
    range: name => [...space(name)].map(([key, value]) => ({ key, value })),
    commit: (ops: readonly StoreOp[]) => {
      for (const op of ops) {
        if (op.type === 'put') space(op.space).set(op.key, op.value)
        else if (op.type === 'delete') space(op.space).delete(op.key)
        else throw new Error('not used')
      }
    },
    close: () => undefined
  }
}

interface Peer {
  readonly id: PeerId
  readonly state: ReturnType<typeof createMemoryState>
  readonly store: Store
  readonly timers: Map<string, number>
  readonly notified: { readonly type: string; readonly data: unknown }[]
  machine: Machine | undefined
  downUntil: number
  inputs: number
}

/**
 * Ends a peer while it handles its `atInput`-th input; of that input's effects nothing or only what it
 * persisted counts.
 */
export interface Crash {
  readonly peer: PeerId
  readonly atInput: number
  readonly kept: 'nothing' | 'persisted'
  readonly downMs: number
}

interface Pending {
  readonly author: PeerId
  readonly draft: EntryDraft
  readonly token: string
}

export interface ClusterInit {
  readonly peers: readonly PeerId[]
  readonly crash?: Crash
  readonly options?: AuctionMachineOptions
}

const TICK_MS = 10

/**
 * Machines of several peers around a toy sequencer that orders valid submissions, one per batch, and tells
 * everybody.
 */
export const createCluster = (init: ClusterInit) => {
  const set = createVoterSet(
    0,
    init.peers.map(peerId => ({ peerId, weight: 1 })),
    null
  )
  const modules = new Map(
    [agentsModule, createAuctionModule(STANDARD_RULES)].flatMap(module =>
      module.kinds.map(kind => [kind, module])
    )
  )
  const factory = createAuctionMachineFactory(init.options)
  const ordered: OrderedEntry[] = []
  const submitted: Pending[] = []
  let pool: Pending[] = []
  let now = 1_000_000

  const peers = new Map<PeerId, Peer>(
    init.peers.map(id => [
      id,
      {
        id,
        state: createMemoryState(),
        store: createMemoryStore(),
        timers: new Map(),
        notified: [],
        machine: undefined,
        downUntil: 0,
        inputs: 0
      }
    ])
  )

  const peerOf = (id: PeerId): Peer => {
    const peer = peers.get(id)
    if (!peer) throw new Error(`no peer ${id}`)
    return peer
  }

  const carryOut = (peer: Peer, effects: readonly Effect[], only?: 'persist'): void => {
    for (const effect of effects) {
      if (effect.type === 'persist') peer.store.commit(effect.ops)
      else if (only !== undefined) continue
      else if (effect.type === 'schedule') peer.timers.set(effect.timer, effect.atMs)
      else if (effect.type === 'cancel') peer.timers.delete(effect.timer)
      else if (effect.type === 'notify') peer.notified.push(effect.event)
      else if (effect.type === 'route') submit(peer, effect.command.payload as SubmitRequest)
    }
  }

  const submit = (peer: Peer, { drafts, token }: SubmitRequest): void => {
    const [draft] = drafts
    if (!draft || drafts.length !== 1) throw new Error('one draft per submission')
    submitted.push({ author: peer.id, draft, token })
    pool.push({ author: peer.id, draft, token })
  }

  const input = (peer: Peer, run: (machine: Machine) => readonly Effect[]): void => {
    if (!peer.machine) return
    const effects = run(peer.machine)
    peer.inputs += 1
    const { crash } = init
    if (crash?.peer !== peer.id || crash.atInput !== peer.inputs) return carryOut(peer, effects)
    if (crash.kept === 'persisted') carryOut(peer, effects, 'persist')
    stop(peer, crash.downMs)
  }

  const stop = (peer: Peer, downMs: number): void => {
    peer.machine = undefined
    peer.timers.clear()
    peer.downUntil = now + downMs
  }

  const start = (peer: Peer): void => {
    const machineInit = {
      store: peer.store,
      self: peer.id,
      signing: createFakeSigning(peer.id),
      state: peer.state.reader(''),
      application: { voters: () => set },
      founding: { auction: { name: 'sealed-bid', version: 1, config: {} } },
      settings: {}
    } as unknown as MachineInit
    peer.machine = factory.create(machineInit)
    input(peer, machine => machine.start(now))
  }

  const command = (peer: Peer, of: AuctionCommand): void =>
    input(peer, machine => machine.step({ type: 'command', command: of }, now))

  /**
   * Orders one submission on every peer's state; peers that are down learn of it from their state when they
   * are back.
   */
  const order = ({ author, draft, token }: Pending): 'done' | 'wait' => {
    const seq = ordered.length + 1
    const raw = { ...draft, author, counter: submitted.length, index: 0 }
    const entry = { ...raw, digest: entryDigest(raw) }
    const parent = sha256(encodeCbor(['batch', seq - 1]))
    const context = { time: now, seq, parent, sequence: seq, epoch: set }
    const module = modules.get(entry.kind)
    if (!module) throw new Error(`no module owns ${entry.kind}`)
    const verdict = module.validate(peerOf(author).state.reader(module.name), entry, context)
    if (verdict.outcome === 'ignore') return 'wait'
    if (verdict.outcome === 'reject') {
      peerOf(author).notified.push({ type: 'submission-refused', data: { token, code: verdict.code } })
      if (token.startsWith('auction:'))
        command(peerOf(author), { name: 'submission.refused', payload: { token, code: verdict.code } })
      return 'done'
    }
    ordered.push({ entry, context })
    const told: [Peer, readonly LedgerEvent[]][] = [...peers.values()].map(peer => [
      peer,
      module.apply(peer.state.writer(module.name), entry, context)
    ])
    for (const [peer, events] of told) {
      for (const event of events) {
        if (peer.machine?.ledgerEvents?.includes(event.type))
          command(peer, { name: 'ledger.event', payload: event })
      }
    }
    return 'done'
  }

  const tick = (): void => {
    now += TICK_MS
    for (const peer of peers.values()) {
      if (!peer.machine && peer.downUntil <= now) start(peer)
      for (const [timer, atMs] of peer.timers) {
        if (atMs > now) continue
        peer.timers.delete(timer)
        input(peer, machine => machine.step({ type: 'timer', timer }, now))
      }
    }
    const waiting = pool
    pool = []
    const kept = waiting.filter(pending => order(pending) === 'wait')
    pool = [...kept, ...pool]
  }

  return {
    ordered,
    submitted,
    peer: peerOf,
    now: () => now,
    start: () => {
      for (const peer of peers.values()) start(peer)
    },
    command: (id: PeerId, of: AuctionCommand) => command(peerOf(id), of),
    kill: (id: PeerId, downMs = Number.POSITIVE_INFINITY) => stop(peerOf(id), downMs),
    run: (ms: number, until: () => boolean = () => false) => {
      for (let left = Math.ceil(ms / TICK_MS); left > 0 && !until(); left--) tick()
    }
  }
}

export type Cluster = ReturnType<typeof createCluster>
