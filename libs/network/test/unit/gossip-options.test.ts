import { expect, test } from 'vitest'
import { createCounters } from '../../src/counters.ts'
import { gossipOptions, messageId, topicsOf } from '../../src/gossip-options.ts'
import { DEFAULT_LIMITS } from '../../src/limits.ts'

test('the topics of a group', () => {
  expect(topicsOf('ab')).toEqual({ members: 'quorate/ab/v1/frames', voters: 'quorate/ab/v1/votes' })
})

test('the message id is the first 20 bytes of sha256 over domain, topic and data', () => {
  const id = Buffer.from(messageId('topic', Buffer.from('data'))).toString('hex')
  expect(id).toBe('72ae0f5675eb7e6b2b512c7072f98ce64393cada')
})

test('the fast id tells topics apart, and spoils a message that names its author', () => {
  const counters = createCounters()
  const options = gossipOptions({ groupId: 'ab', limits: DEFAULT_LIMITS, counters, scoreOf: () => 0 })
  const data = Buffer.from('data')
  const fastId = (message: { topic: string; data: Uint8Array; from?: Uint8Array; key?: Uint8Array }) =>
    options.fastMsgIdFn?.(message)
  const ids = new Set([fastId({ topic: 'a', data }), fastId({ topic: 'b', data })])
  const named = { topic: 'a', data, from: Buffer.from('x') }
  ids.add(fastId(named))
  expect(ids.size).toBe(3)
  expect(named).toHaveProperty('key')
  expect(counters.all()).toEqual({ 'gossip-from-refused': 1 })
})

test('peers are not scored for sharing an address', () => {
  const { scoreParams } = gossipOptions({
    groupId: 'ab',
    limits: DEFAULT_LIMITS,
    counters: createCounters(),
    scoreOf: () => 0
  })
  expect(scoreParams?.IPColocationFactorWeight).toBe(0)
})
