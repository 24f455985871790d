import { expect, test } from 'vitest'
import { ACCEPT, ignore } from '@quorate/contracts'
import { createSeen } from '../../src/seen.ts'

const DIGEST = 'd'.repeat(64)

const createAt = (entriesMax = 10) => {
  const clock = { nowMs: 0 }
  return { clock, seen: createSeen({ entriesMax, repeatAfterMs: 1_000, now: () => clock.nowMs }) }
}

test('a frame that comes over other paths keeps its verdict', () => {
  const { seen } = createAt()
  expect(seen.standing(DIGEST, 'a')).toBeUndefined()
  seen.record(DIGEST, ignore('early'), 'a')
  expect(seen.standing(DIGEST, 'b')).toEqual(ignore('early'))
  expect(seen.last(DIGEST)).toEqual(ignore('early'))
})

test('a frame that the same peer sends again is to be judged again', () => {
  const { seen } = createAt()
  seen.record(DIGEST, ACCEPT, 'a')
  expect(seen.standing(DIGEST, 'b')).toEqual(ACCEPT)
  expect(seen.standing(DIGEST, 'b')).toBeUndefined()
  expect(seen.standing(DIGEST, 'a')).toBeUndefined()
})

test('a frame that comes again late is to be judged again, except by gossip', () => {
  const { seen, clock } = createAt()
  seen.record(DIGEST, ACCEPT)
  clock.nowMs = 1_001
  expect(seen.standing(DIGEST, 'a')).toBeUndefined()
  expect(seen.last(DIGEST)).toEqual(ACCEPT)
})

test('a frame of our own is never judged, however often it comes back', () => {
  const { seen, clock } = createAt()
  seen.recordOwn(DIGEST)
  clock.nowMs = 5_000
  expect([seen.standing(DIGEST, 'a'), seen.standing(DIGEST, 'a')]).toEqual([ACCEPT, ACCEPT])
})

test('only so many frames are remembered', () => {
  const { seen } = createAt(2)
  for (const digest of ['1', '2', '3']) seen.record(digest, ACCEPT, 'a')
  expect(['1', '2', '3'].map(digest => seen.last(digest))).toEqual([undefined, ACCEPT, ACCEPT])
})
