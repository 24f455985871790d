import type {
  Command,
  Effect,
  Envelope,
  Machine,
  MachineInput,
  NodeEvent,
  PeerId,
  Signing,
  Store,
  Verified
} from '@quorate/contracts'
import type { CborValue, VoterSet } from '@quorate/contracts'
import { invariant } from '@quorate/core'
import { createMemoryStore } from '@quorate/test-support'
import { createBallotsMachine } from '../../src/ballots/machine.ts'
import { pbftConfigSchema } from '../../src/pbft/config.ts'
import { createPbftMachine } from '../../src/pbft/machine.ts'
import { createFakeLedger, type FakeLedger } from './fake-ledger.ts'

/** A frame on its way. `to` is undefined for a broadcast. */
export interface Sent {
  readonly from: PeerId
  readonly to: PeerId | undefined
  readonly frame: Uint8Array
}

export interface PeerInit {
  readonly id: PeerId
  readonly groupId: string
  readonly signing: Signing
  readonly voters: VoterSet
  readonly foundedAt: number
  readonly config: { readonly [key: string]: CborValue }
  readonly policy: 'auto' | 'manual'
  now(): number
  send(sent: Sent): void
}

interface Running {
  readonly ledger: FakeLedger
  readonly consensus: Machine
  readonly machines: readonly Machine[]
}

/** One node: ledger, pbft and ballots with a store, driven step by step, in the order persist, send, schedule, notify. */
export interface Peer {
  readonly id: PeerId
  readonly signing: Signing
  readonly store: Store
  readonly running: Running
  readonly isUp: boolean
  readonly timers: ReadonlyMap<string, number>
  readonly events: readonly NodeEvent[]
  readonly charges: readonly { readonly peer: PeerId; readonly code: string }[]
  start(): void
  /** What was not persisted is gone. */
  crash(): void
  /** As the boundary would: opens, decodes, hands over. False when no machine takes it. */
  deliver(frame: Uint8Array, from?: PeerId): boolean
  input(machine: string, input: MachineInput): void
  command(command: Command): void
  fire(timer: string): void
}

export const createPeer = (init: PeerInit): Peer => {
  const { signing } = init
  const store = createMemoryStore()
  const timers = new Map<string, number>()
  const events: NodeEvent[] = []
  const charges: { peer: PeerId; code: string }[] = []
  let running: Running | undefined

  const make = (): Running => {
    const { id: self, groupId, voters, foundedAt } = init
    const ledger = createFakeLedger({ store, groupId, voters, foundedAt, open: signing.open })
    const { application, history, state } = ledger
    const parsed = pbftConfigSchema.parse(init.config)
    invariant(parsed.ok, 'the test gives a valid configuration')
    const shared = { store, self, signing, application, history }
    const consensus = createPbftMachine({ ...shared, groupId, config: init.config }, parsed.value)
    const settings = { policy: init.policy }
    const ballots = createBallotsMachine({ ...shared, state, founding: undefined as never, settings }, [])
    return { ledger, consensus, machines: [ledger.machine, consensus, ballots] }
  }

  const up = (): Running => {
    invariant(running, `${init.id} is not running`)
    return running
  }

  const targets = ({ name, payload }: Command): Machine[] => {
    const { machines } = up()
    const [first, verb] = name.split('.')
    if (verb === 'event')
      return machines.filter(m => m.ledgerEvents?.includes((payload as { type: string }).type))
    const owner = first === 'submission' ? (payload as { token: string }).token.split(':')[0] : first
    return machines.filter(machine => machine.name === owner)
  }

  /** Routes until nothing is left, then carries out the rest in the driver's order. */
  const settle = (begun: readonly { machine: string; effects: readonly Effect[] }[]): void => {
    const queue = [...begun]
    const rest: { machine: string; effect: Effect }[] = []
    for (let next = queue.shift(); next; next = queue.shift()) {
      const { machine } = next
      for (const effect of next.effects) {
        if (effect.type !== 'route') rest.push({ machine, effect })
        else
          for (const to of targets(effect.command)) {
            const effects = to.step({ type: 'command', command: effect.command }, init.now())
            queue.push({ machine: to.name, effects })
          }
      }
    }
    const ops = rest.flatMap(({ effect }) => (effect.type === 'persist' ? effect.ops : []))
    if (ops.length > 0) store.commit(ops)
    for (const { machine, effect } of rest) carryOut(machine, effect)
  }

  const carryOut = (machine: string, effect: Effect): void => {
    if (effect.type === 'send') init.send({ from: init.id, to: effect.to, frame: effect.frame })
    if (effect.type === 'broadcast') init.send({ from: init.id, to: undefined, frame: effect.frame })
    if (effect.type === 'schedule') timers.set(`${machine}/${effect.timer}`, effect.atMs)
    if (effect.type === 'cancel') timers.delete(`${machine}/${effect.timer}`)
    if (effect.type === 'notify') events.push(effect.event)
    if (effect.type === 'charge') charges.push({ peer: effect.peer, code: effect.code })
  }

  const input = (name: string, given: MachineInput): void => {
    const machine = up().machines.find(found => found.name === name)
    invariant(machine, `no machine is called ${name}`)
    settle([{ machine: name, effects: machine.step(given, init.now()) }])
  }

  const deliver = (frame: Uint8Array, from?: PeerId): boolean => {
    const opened = signing.open(frame)
    if (!opened.ok || opened.envelope.author === init.id) return false
    const { kind, author } = opened.envelope
    for (const { name, codecs } of up().machines) {
      const codec = codecs.find(known => known.kind === kind)
      const body = codec?.decode(opened.envelope.body)
      if (body === undefined || frame.length > (codec?.frameBytesMax ?? 0)) continue
      const envelope = { ...opened.envelope, body } as Verified<Envelope<unknown>>
      input(name, { type: 'message', from: from ?? author, envelope })
      return true
    }
    return false
  }

  return {
    id: init.id,
    signing,
    store,
    get running() {
      return up()
    },
    get isUp() {
      return running !== undefined
    },
    timers,
    events,
    charges,
    start: () => {
      running = make()
      settle(running.machines.map(machine => ({ machine: machine.name, effects: machine.start(init.now()) })))
    },
    crash: () => {
      running = undefined
      timers.clear()
    },
    deliver,
    input,
    command: command => input(command.name.split('.')[0] as string, { type: 'command', command }),
    fire: timer => {
      timers.delete(timer)
      const [machine = '', name = ''] = timer.split('/')
      input(machine, { type: 'timer', timer: name })
    }
  }
}
