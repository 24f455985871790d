import { expect, test } from 'vitest'
import { QuorateError } from '@quorate/contracts'
import { createLibp2pTransport } from '../../src/index.ts'
import {
  connect,
  dialOf,
  frameOf,
  GROUP,
  idOf,
  idsOf,
  seedOf,
  startBarePeer,
  startPeer,
  until
} from './peers.ts'

test('a stranger is refused after the handshake and counted', async () => {
  const members = idsOf(1, 2)
  const a = await startPeer(1, { members })
  const b = await startPeer(2, { members })
  const stranger = await startBarePeer(9)
  await stranger.dial(dialOf(a)).catch(() => undefined)
  await until(() => a.count('connections-refused-not-a-member') === 1, 'refused')
  await until(() => stranger.getConnections().length === 0, 'the connection is gone')
  expect(a.reachable.has(idOf(9))).toBe(false)
  await connect(a, b)
})

test('a new member is dialled, a removed one is cut off and refused', async () => {
  const a = await startPeer(1, { members: idsOf(1) })
  const b = await startPeer(2, { members: idsOf(1, 2), limits: { redialMaxMs: 100 } })
  a.transport.addAddresses(b.id, b.transport.addresses())
  expect(a.transport.peers()).toEqual([])

  a.transport.admit(idsOf(1, 2), idsOf(1))
  await until(() => a.reachable.has(b.id) && b.reachable.has(a.id), 'connected')

  a.transport.admit(idsOf(1), idsOf(1))
  await until(() => !a.reachable.has(b.id) && !b.reachable.has(a.id), 'cut off')
  b.transport.addAddresses(a.id, a.transport.addresses())
  await until(() => a.count('connections-refused-not-a-member') > 1, 'refused again')
  expect(a.reachable.size).toBe(0)
})

test('a member is allowed only a few connections', async () => {
  const a = await startPeer(1, {
    members: idsOf(1, 2),
    limits: { connectionsPerPeerMax: 2, duplicateGraceMs: 60_000 }
  })
  const greedy = await startBarePeer(2)
  for (let n = 0; n < 4; n += 1) await greedy.dial(dialOf(a), { force: true }).catch(() => undefined)
  await until(() => a.count('connections-refused-too-many-connections') > 0, 'refused')
  await until(() => greedy.getConnections().length <= 2, 'at most two are left')
  expect(connectionsOf(a)).toBe(2)
})

test('simultaneous dials leave one connection that both use', async () => {
  const members = idsOf(1, 2)
  const limits = { redialMinMs: 1, duplicateGraceMs: 50 }
  for (let round = 0; round < 5; round += 1) {
    const a = await startPeer(1, { members, limits })
    const b = await startPeer(2, { members, limits })
    await connect(a, b)
    await until(() => connectionsOf(a) === 1 && connectionsOf(b) === 1, 'one connection is left')
    await until(() => a.reachable.has(b.id) && b.reachable.has(a.id), 'still reachable')
    a.transport.send(b.id, frameOf('there'))
    b.transport.send(a.id, frameOf('back'))
    await until(() => b.received('there') + a.received('back') === 2, 'frames flow both ways')
    expect([a.frames.length, b.frames.length]).toEqual([1, 1])
    await Promise.all([a.transport.stop(), b.transport.stop()])
  }
})

const connectionsOf = (peer: { count(name: string): number }): number =>
  peer.count('connections-opened') - peer.count('connections-closed')

test('a listening address that is taken is named in the error', async () => {
  const members = idsOf(1)
  const a = await startPeer(1, { members })
  const [address = ''] = a.transport.addresses().map(it => it.replace(/\/p2p\/.*/, ''))
  const second = createLibp2pTransport({
    privateKey: seedOf(2),
    groupId: GROUP,
    listen: [address],
    members,
    voters: members
  })
  const start = second.start({ onFrame: () => ({ outcome: 'accept' }), onPeer: () => undefined })
  const error = await start.catch((cause: unknown) => cause)
  expect(error).toBeInstanceOf(QuorateError)
  expect(error).toMatchObject({ code: 'QRT_PORT_IN_USE', details: { address } })
  expect(String(error)).toContain(address)
  await second.stop()
})

test('an address that cannot be listened on is a configuration error', async () => {
  const second = createLibp2pTransport({
    privateKey: seedOf(2),
    groupId: GROUP,
    listen: ['/ip4/203.0.113.1/tcp/0'],
    members: [],
    voters: []
  })
  const start = second.start({ onFrame: () => ({ outcome: 'accept' }), onPeer: () => undefined })
  await expect(start).rejects.toMatchObject({ code: 'QRT_CONFIG' })
  await second.stop()
})
