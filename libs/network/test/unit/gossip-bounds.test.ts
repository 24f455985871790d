import { expect, test } from 'vitest'
import type { GossipSub } from '@libp2p/gossipsub'
import { InvariantError } from '@quorate/contracts'
import { boundGossip } from '../../src/gossip-bounds.ts'

const createCache = () => {
  const entries = new Map<string | number, unknown>()
  return {
    entries,
    has: (key: string) => entries.has(key),
    put(key: string, value: unknown) {
      entries.set(key, value)
      return false
    }
  }
}

const createFake = (messageBytes: number) => {
  const [seenCache, fastMsgIdCache, publishedMessageIds] = [createCache(), createCache(), createCache()]
  const message = { msg: { data: new Uint8Array(messageBytes) }, count: 1 }
  const mcache = { getWithIWantCount: (_id: string, _peer: string): typeof message | null => message }
  const score: Record<string, unknown> = {}
  const streamsOutbound = new Map([['a', {}]])
  const topics = new Map([['topic', new Set(['a', 'b'])]])
  const internals = { seenCache, fastMsgIdCache, publishedMessageIds, mcache, score, streamsOutbound, topics }
  return { ...internals, gossip: internals as unknown as GossipSub }
}

test('one reply to IWANT stops at a megabyte, the next starts afresh', async () => {
  const { gossip, mcache } = createFake(48 * 1024)
  boundGossip(gossip)
  const reply = () => {
    let count = 0
    while (mcache.getWithIWantCount(`${count}`, 'peer') !== null) count += 1
    return count
  }
  expect(reply()).toBe(22)
  expect(reply()).toBe(0)
  await Promise.resolve()
  expect(reply()).toBe(22)
})

test('the caches of message ids forget the oldest past their bound', () => {
  const { gossip, seenCache } = createFake(1)
  const bounds = boundGossip(gossip)
  for (let n = 0; n <= 100_000; n += 1) seenCache.put(`${n}`, undefined)
  expect(seenCache.entries.size).toBe(100_000)
  expect([bounds.hasSeen('0'), bounds.hasSeen('100000')]).toEqual([false, true])
})

test('a peer is reached when it has subscribed and a stream to it is open', () => {
  const bounds = boundGossip(createFake(1).gossip)
  expect([bounds.reaches('a', 'topic'), bounds.reaches('b', 'topic'), bounds.reaches('a', 'other')]).toEqual([
    true,
    false,
    false
  ])
})

test('an upgrade that moves the caches is noticed', () => {
  expect(() => boundGossip({} as GossipSub)).toThrow(InvariantError)
})
