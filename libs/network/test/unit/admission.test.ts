import { expect, test } from 'vitest'
import type { MultiaddrConnection, PeerId as Libp2pPeerId } from '@libp2p/interface'
import { createAdmission } from '../../src/admission.ts'
import { createCounters } from '../../src/counters.ts'

const create = () => {
  const clock = { nowMs: 0 }
  const connections = new Map<string, number>()
  const counters = createCounters()
  const admission = createAdmission({
    self: 'self',
    counters,
    banMs: 1_000,
    connectionsPerPeerMax: 2,
    connectionCount: peer => connections.get(peer) ?? 0,
    now: () => clock.nowMs
  })
  admission.admit(['self', 'a', 'b'], ['self', 'a', 'stranger'])
  const asPeer = (peer: string) => ({ toString: () => peer }) as Libp2pPeerId
  const deniesInbound = (peer: string) =>
    admission.gater.denyInboundEncryptedConnection?.(asPeer(peer), {} as MultiaddrConnection)
  const deniesDial = (peer: string) => admission.gater.denyDialPeer?.(asPeer(peer))
  return { admission, clock, connections, counters, deniesInbound, deniesDial }
}

test('members and voters do not name this node, and every voter is a member', () => {
  const { admission } = create()
  expect(admission.members()).toEqual(['a', 'b'])
  expect(admission.voters()).toEqual(['a'])
})

test('members may connect and be dialled, strangers not', () => {
  const { deniesInbound, deniesDial, counters } = create()
  expect([deniesInbound('a'), deniesDial('a')]).toEqual([false, false])
  expect([deniesInbound('stranger'), deniesDial('stranger')]).toEqual([true, true])
  expect(counters.all()).toEqual({ 'connections-refused-not-a-member': 1 })
})

test('a member has only so many connections', () => {
  const { deniesInbound, connections } = create()
  connections.set('a', 2)
  expect(deniesInbound('a')).toBe(true)
  expect(deniesInbound('b')).toBe(false)
})

test('a banned member is refused until its time is up', () => {
  const { admission, clock, deniesInbound, deniesDial } = create()
  admission.ban('a')
  clock.nowMs = 999
  expect([deniesInbound('a'), deniesDial('a'), admission.refusal('a')]).toEqual([true, true, 'banned'])
  clock.nowMs = 1_000
  expect(admission.refusal('a')).toBeUndefined()
})

test('admit says who has left', () => {
  const { admission } = create()
  expect(admission.admit(['self', 'b', 'c'], [])).toEqual(['a'])
  expect(admission.refusal('a')).toBe('not-a-member')
})
