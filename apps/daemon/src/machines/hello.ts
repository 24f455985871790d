import type {
  Command,
  Effect,
  Machine,
  MachineFactory,
  MachineInit,
  MachineInput,
  PeerId,
  TimeMs
} from '@quorate/contracts'
import { assertNever } from '@quorate/core'
import { helloOp, loadHellos, loadManual, manualOp, type KnownHello } from './hello-book.ts'
import { HELLO_KIND, HELLO_LIMITS, helloCodec, helloShape, type Hello } from './hello-message.ts'

export const HELLO_MACHINE = 'hello'

/** Own hellos are said at most this often, however many peers come. */
export const HELLO_PAUSE_MS = 1000

/** `hello.announce`: what this node has to say of itself from now on. */
export type Announcement = Pick<Hello, 'version' | 'addresses' | 'plugins'>

/** `hello.learn`: addresses that the operator gave by hand. */
export interface LearnedAddresses {
  readonly peerId: PeerId
  readonly addresses: readonly string[]
}

interface State {
  readonly init: MachineInit
  /** Newest hello of each member, own included. */
  readonly known: Map<PeerId, KnownHello>
  announcement: Announcement | undefined
  saidAt: TimeMs
  /** A timer is set for an own hello that waits for the pause to end. */
  waiting: boolean
}

/**
 * Keeps the address book: each member signs where it listens, everybody keeps the newest word of everybody, and hands it on
 * to whoever connects, so that knowing one member is enough to find all. Tells the event `peer-hello`
 * {peerId, addresses, version, plugins}, not durable. Source: docs/protocol/wire.md, "hello".
 */
export const helloFactory: MachineFactory = {
  name: HELLO_MACHINE,
  create: init => {
    const known = new Map(
      loadHellos(init.store, frame => init.signing.open(frame)).map(hello => [hello.peerId, hello])
    )
    return createHelloMachine({ init, known, announcement: undefined, saidAt: 0, waiting: false })
  }
}

const createHelloMachine = (state: State): Machine => ({
  name: HELLO_MACHINE,
  codecs: [helloCodec],
  start: () => [],
  step: (input, now) => step(state, input, now),
  describe: () => ({ peers: [...state.known.values()].map(({ peerId, hello }) => [peerId, hello.version]) })
})

const step = (state: State, input: MachineInput, now: TimeMs): readonly Effect[] => {
  switch (input.type) {
    case 'message':
      return onHello(state, input.envelope.author, {
        hello: input.envelope.body as Hello,
        frame: input.envelope.frame
      })
    case 'peer':
      return input.connected ? greet(state, input.peer, now) : []
    case 'timer':
      state.waiting = false
      return say(state, now)
    case 'command':
      return onCommand(state, input.command, now)
    default:
      return assertNever(input)
  }
}

const onCommand = (state: State, { name, payload }: Command, now: TimeMs): readonly Effect[] => {
  if (name === 'hello.announce') {
    state.announcement = payload as Announcement
    return sayOrWait(state, now)
  }
  return name === 'hello.learn' ? onLearned(state, payload as LearnedAddresses) : []
}

const onHello = (
  { known }: State,
  peerId: PeerId,
  { hello, frame }: Omit<KnownHello, 'peerId'>
): readonly Effect[] => {
  if (hello.at <= (known.get(peerId)?.hello.at ?? -1)) return []
  known.set(peerId, { peerId, hello, frame })
  return [{ type: 'persist', ops: [helloOp({ peerId, frame })] }, tell(peerId, hello)]
}

const tell = (peerId: PeerId, { addresses, version, plugins }: Hello): Effect => ({
  type: 'notify',
  event: {
    type: 'peer-hello',
    durable: false,
    data: { peerId, addresses, version, plugins: plugins.map(plugin => [plugin.name, plugin.version]) }
  }
})

const onLearned = ({ init }: State, { peerId, addresses }: LearnedAddresses): readonly Effect[] => {
  const all = [...new Set([...addresses, ...loadManual(init.store, peerId)])]
  return [{ type: 'persist', ops: [manualOp(peerId, all.slice(0, HELLO_LIMITS.addressesMax))] }]
}

/** Hands the newcomer what is known of the others, and says who we are. */
const greet = (state: State, peer: PeerId, now: TimeMs): readonly Effect[] => {
  const others = [...state.known.values()].filter(({ peerId }) => peerId !== peer)
  const handed = others.map(({ frame }): Effect => ({ type: 'send', to: peer, frame }))
  return state.known.has(state.init.self) ? handed : [...handed, ...sayOrWait(state, now)]
}

const sayOrWait = (state: State, now: TimeMs): readonly Effect[] => {
  const due = state.saidAt + HELLO_PAUSE_MS
  if (now >= due || now < state.saidAt) return say(state, now)
  if (state.waiting) return []
  state.waiting = true
  return [{ type: 'schedule', timer: 'say', atMs: due }]
}

/** Signed once, kept, and told to all members; nothing when it would say again what was said. */
const say = (state: State, now: TimeMs): readonly Effect[] => {
  const { init, known, announcement } = state
  if (!announcement) return []
  state.saidAt = now
  const before = known.get(init.self)?.hello
  if (before && isSame(before, announcement)) return broadcast(known.get(init.self) as KnownHello)
  const hello: Hello = { ...announcement, at: Math.max(now, (before?.at ?? 0) + 1) }
  const { frame } = init.signing.sign(HELLO_KIND, helloShape.encode(hello))
  const own: KnownHello = { peerId: init.self, hello, frame }
  known.set(init.self, own)
  return [{ type: 'persist', ops: [helloOp(own)] }, ...broadcast(own)]
}

const broadcast = ({ frame }: KnownHello): Effect[] => [{ type: 'broadcast', frame, reach: 'members' }]

const isSame = (before: Hello, { version, addresses, plugins }: Announcement): boolean =>
  JSON.stringify([before.version, before.addresses, before.plugins]) ===
  JSON.stringify([version, addresses, plugins])
