import type { Effect, Machine, MachineInit, Signing } from '@quorate/contracts'
import { createSigning, generateKey } from '@quorate/identity'
import { describe, expect, it } from 'vitest'
import { readAddressBook } from '../../../src/machines/hello-book.ts'
import { helloCodec, type Hello } from '../../../src/machines/hello-message.ts'
import { HELLO_PAUSE_MS, helloFactory, type Announcement } from '../../../src/machines/hello.ts'
import { createMemoryStore, type MemoryStore } from '../../support/memory-store.ts'

const groupId = 'ab'.repeat(32)

interface Peer {
  readonly signing: Signing
  readonly store: MemoryStore
  readonly machine: Machine
  /** One step, with what it persists written. */
  step(input: Parameters<Machine['step']>[0], now: number): readonly Effect[]
}

const createPeer = (from?: Pick<Peer, 'signing' | 'store'>): Peer => {
  const signing = from?.signing ?? createSigning({ key: generateKey(), groupId })
  const store = from?.store ?? createMemoryStore()
  const machine = helloFactory.create({ signing, store, self: signing.self } as unknown as MachineInit)
  const step: Peer['step'] = (input, now) => {
    const effects = machine.step(input, now)
    store.persist(effects)
    return effects
  }
  return { signing, store, machine, step }
}

const announcement = (port: number): Announcement => ({
  version: '0.1.0',
  addresses: [`/ip4/192.0.2.1/tcp/${port}`],
  plugins: [{ name: '@quorate/pbft', version: '0.1.0' }]
})

const announce = (peer: Peer, port: number, now: number): readonly Effect[] =>
  peer.step({ type: 'command', command: { name: 'hello.announce', payload: announcement(port) } }, now)

const connect = (peer: Peer, other: Peer, now: number): readonly Effect[] =>
  peer.step({ type: 'peer', peer: other.signing.self, connected: true }, now)

const framesIn = (effects: readonly Effect[]): Uint8Array[] =>
  effects.flatMap(effect => (effect.type === 'send' || effect.type === 'broadcast' ? [effect.frame] : []))

/** Hands a frame over as the boundary does. */
const deliver = (peer: Peer, frame: Uint8Array, now: number): readonly Effect[] => {
  const opened = peer.signing.open(frame)
  if (!opened.ok) throw new Error('the frame does not open')
  const body = helloCodec.decode(opened.envelope.body) as Hello
  const envelope = { ...opened.envelope, body } as never
  return peer.step({ type: 'message', from: opened.envelope.author, envelope }, now)
}

describe('hello', () => {
  it('is signed, remembered and told to all members when own addresses become known', () => {
    const peer = createPeer()
    const effects = announce(peer, 1, 1000)
    expect(effects.map(({ type }) => type)).toEqual(['persist', 'broadcast'])
    expect(effects[1]).toMatchObject({ reach: 'members' })
  })

  it('teaches whoever hears it, over restarts', () => {
    const [a, b] = [createPeer(), createPeer()]
    const [frame] = framesIn(announce(a, 1, 1000))
    const effects = deliver(b, frame as Uint8Array, 1000)
    expect(effects).toContainEqual({
      type: 'notify',
      event: {
        type: 'peer-hello',
        durable: false,
        data: {
          peerId: a.signing.self,
          addresses: ['/ip4/192.0.2.1/tcp/1'],
          version: '0.1.0',
          plugins: [['@quorate/pbft', '0.1.0']]
        }
      }
    })
    expect(readAddressBook(b.store, frameIn => b.signing.open(frameIn))).toEqual(
      new Map([[a.signing.self, ['/ip4/192.0.2.1/tcp/1']]])
    )
  })

  it('is handed on, so that knowing one member is enough', () => {
    const [a, b, c] = [createPeer(), createPeer(), createPeer()]
    deliver(b, framesIn(announce(a, 1, 1000))[0] as Uint8Array, 1000)
    for (const frame of framesIn(connect(createPeer(b), c, 2000))) deliver(c, frame, 2000)
    expect(readAddressBook(c.store, frame => c.signing.open(frame)).has(a.signing.self)).toBe(true)
  })

  it('an older one never replaces a newer one', () => {
    const [a, b] = [createPeer(), createPeer()]
    const [old] = framesIn(announce(a, 1, 1000))
    const [fresh] = framesIn(announce(a, 2, 5000))
    deliver(b, fresh as Uint8Array, 5000)
    expect(deliver(b, old as Uint8Array, 6000)).toEqual([])
    expect(readAddressBook(b.store, frame => b.signing.open(frame)).get(a.signing.self)).toEqual([
      '/ip4/192.0.2.1/tcp/2'
    ])
  })

  it('counts upwards even when the clock goes back', () => {
    const [a, b] = [createPeer(), createPeer()]
    deliver(b, framesIn(announce(a, 1, 9000))[0] as Uint8Array, 9000)
    const [later] = framesIn(announce(createPeer(a), 2, 2000))
    expect(deliver(b, later as Uint8Array, 2000)).not.toEqual([])
  })

  it('changes are told at most once a second', () => {
    const peer = createPeer()
    announce(peer, 1, 1000)
    expect(announce(peer, 2, 1100)).toEqual([{ type: 'schedule', timer: 'say', atMs: 1000 + HELLO_PAUSE_MS }])
    expect(announce(peer, 3, 1200)).toEqual([])
    const effects = peer.step({ type: 'timer', timer: 'say' }, 1000 + HELLO_PAUSE_MS)
    const [frame] = framesIn(effects)
    const opened = peer.signing.open(frame as Uint8Array)
    expect(opened.ok && helloCodec.decode(opened.envelope.body)?.addresses).toEqual(['/ip4/192.0.2.1/tcp/3'])
  })

  it('keeps what the operator gave by hand beside it', () => {
    const [a, b] = [createPeer(), createPeer()]
    deliver(b, framesIn(announce(a, 1, 1000))[0] as Uint8Array, 1000)
    const payload = { peerId: a.signing.self, addresses: ['/dns4/alpha.example/tcp/4550'] }
    b.step({ type: 'command', command: { name: 'hello.learn', payload } }, 2000)
    expect(readAddressBook(b.store, frame => b.signing.open(frame)).get(a.signing.self)).toEqual([
      '/dns4/alpha.example/tcp/4550',
      '/ip4/192.0.2.1/tcp/1'
    ])
  })

  it.each([
    ['too many addresses', { addresses: Array.from({ length: 17 }, () => '/ip4/192.0.2.1/tcp/1') }],
    ['an address that cannot be dialled', { addresses: ['/ip4/0.0.0.0/tcp/1'] }],
    ['an address that is none', { addresses: ['javascript:alert(1)'] }]
  ])('is malformed with %s', (_what, change) => {
    const { version, addresses, plugins } = { ...announcement(1), ...change }
    expect(
      helloCodec.decode([1, version, addresses, plugins.map(({ name }) => [name, version])])
    ).toBeUndefined()
  })
})
