/** Bytes that no honest peer sends, on the port that peers talk on. The daemon counts them and goes on. */
import { randomBytes } from 'node:crypto'
import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { join } from 'node:path'
import type { ProposalView } from '@quorate/contracts'
import { ACCEPT } from '@quorate/contracts'
import { createSigning, generateKey, loadKey } from '@quorate/identity'
import type { IdentityKey } from '@quorate/identity'
import { createLibp2pTransport } from '@quorate/network'
import type { Libp2pTransport } from '@quorate/network'
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { memoryMiB } from './support/daemon-process.ts'
import { startGroup } from './support/group.ts'
import type { Group } from './support/group.ts'
import type { Peer } from './support/peer.ts'
import { until } from './support/until.ts'

const FLOOD = 300
const GROWTH_MIB_MAX = 120

let group: Group
let target: Peer
let address: string
let memoryBefore: number

beforeAll(async () => {
  group = await startGroup()
  target = group.peer(1)
  const { addresses = [] } = await target.client.status()
  address = addresses[0] ?? ''
  memoryBefore = memoryMiB(target.pid)
})
afterAll(() => group?.dispose())
/** After each: ready, able to decide, and not much larger. */
afterEach(async () => {
  await until('it is ready', () => target.client.isReady())
  const { code, value } = await target.json<ProposalView>('propose', 'Still here')
  const grown = memoryMiB(target.pid) - memoryBefore
  if (code === 0 && value.outcome === 'accepted' && grown < GROWTH_MIB_MAX) return
  throw new Error(`exit ${code}, ${value.outcome}, ${Math.round(grown)} MiB more than before`)
})

const network = async (name: string): Promise<number> => (await target.client.counters()).network[name] ?? 0

function open(): Promise<Socket> {
  const [, host = '', port = ''] = /^\/ip4\/([^/]+)\/tcp\/(\d+)/.exec(address) ?? []
  const socket = connect(Number(port), host)
  onTestFinished(() => void socket.destroy())
  socket.on('error', () => undefined)
  return new Promise(resolve => {
    for (const event of ['connect', 'close']) socket.once(event, () => resolve(socket))
  })
}

const closed = (socket: Socket): Promise<unknown> =>
  socket.closed ? Promise.resolve() : new Promise(resolve => socket.once('close', resolve))

describe('strangers', () => {
  it('that send what is no handshake, or the beginning of one, are cut off', async () => {
    const greetings = [
      randomBytes(300_000),
      Buffer.alloc(300_000),
      Buffer.from('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'),
      Buffer.from('\u0013/multistream/1.0.0\n\u0007/noise\n' + 'x'.repeat(900))
    ]
    const sockets = await Promise.all(greetings.map(() => open()))
    sockets.forEach((socket, at) => socket.resume().write(greetings[at] ?? ''))
    await Promise.all(sockets.map(closed))
    expect(sockets.every(socket => socket.closed)).toBe(true)
  })

  it('that open hundreds of connections and say nothing keep nobody out', async () => {
    const sockets = await Promise.all(Array.from({ length: FLOOD }, () => open()))
    sockets.forEach(socket => socket.resume())
    const { code } = await target.json('propose', 'Meanwhile')
    expect(code).toBe(0)
    await Promise.all(sockets.map(closed))
  })

  it('with a valid handshake, but no membership, are refused right after it', async () => {
    const before = await network('connections-refused-not-a-member')
    const stranger = await enter(generateKey())
    stranger.addAddresses(target.peerId, [address])
    await until('it is refused', async () => (await network('connections-refused-not-a-member')) > before)
    expect(stranger.peers().some(({ connected }) => connected)).toBe(false)
  })
})

describe('a member that has gone bad', () => {
  let key: IdentityKey

  beforeAll(async () => {
    const bad = group.peer(4)
    await bad.end('SIGTERM')
    key = loadKey(join(bad.home, 'key'))
  })

  /** Connects with the member's key, sends those frames, and gives by how much the named counter grew. */
  async function send(
    counter: string,
    frames: (heard: readonly Uint8Array[]) => readonly Uint8Array[]
  ): Promise<number> {
    const before = await network(counter)
    const heard: Uint8Array[] = []
    const transport = await enter(key, heard)
    transport.addAddresses(target.peerId, [address])
    await until('it is connected', () => transport.peers().some(({ connected }) => connected), 40_000)
    for (const frame of frames(heard)) transport.send(target.peerId, frame)
    const grown = await until(`${counter} grows`, async () => (await network(counter)) - before || undefined)
    await transport.stop()
    return grown
  }

  const signed = (groupId: string): Uint8Array => createSigning({ key, groupId }).sign('hello', ['x']).frame

  const oneBitOff = (): Uint8Array => {
    const frame = Uint8Array.from(signed(group.groupId))
    frame[frame.length - 1] = (frame.at(-1) ?? 0) ^ 1
    return frame
  }

  it.each([
    ['signs for another group', 'refused-signature-invalid', () => signed('ab'.repeat(32))],
    ['sends a signature that is not its own', 'refused-signature-invalid', oneBitOff],
    ['sends garbage in a frame', 'refused-frame-malformed', () => randomBytes(500)],
    ['signs what makes no sense', 'refused-body-malformed', () => signed(group.groupId)],
    ['sends a frame over 2 MiB', 'refused-stream-oversize', () => new Uint8Array(3 * 1024 * 1024)]
  ])('and %s is refused, and it is counted', async (_what, counter, frame) => {
    expect(await send(counter, () => [frame()])).toBeGreaterThan(0)
  })

  it('and repeats what was said before is not heard twice', async () => {
    const sequence = (await target.client.status()).height
    await send('frames-duplicate', heard => [...heard, ...heard])
    expect((await target.client.status()).height).toBe(sequence)
  })

  it('is scored down, and shut out for a while when it goes on', async () => {
    await send('peers-banned', () => Array.from({ length: 20 }, () => randomBytes(500)))
    const seen = (await target.client.peers()).find(({ peerId }) => peerId === key.peerId)
    expect(seen?.score).toBeLessThan(0)
    expect(await target.client.evidence()).toEqual([])
  })
})

/** A transport of our own with that key; stopped when the test ends. Keeps the frames that it hears. */
async function enter(key: IdentityKey, heard: Uint8Array[] = []): Promise<Libp2pTransport> {
  const members = [...group.peers.map(({ peerId }) => peerId), key.peerId]
  const transport = createLibp2pTransport({
    privateKey: key.seed,
    groupId: group.groupId,
    listen: [],
    members,
    voters: members,
    limits: { frameBytesMax: 8 * 1024 * 1024 }
  })
  onTestFinished(() => transport.stop())
  await transport.start({ onFrame: frame => (heard.push(frame), ACCEPT), onPeer: () => undefined })
  return transport
}
