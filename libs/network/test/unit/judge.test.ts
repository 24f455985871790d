import { expect, test, vi } from 'vitest'
import { ACCEPT, ignore, reject } from '@quorate/contracts'
import type { FrameHandler, Verdict } from '@quorate/contracts'
import { sha256 } from '@quorate/core'
import { createCounters } from '../../src/counters.ts'
import { createJudge } from '../../src/judge.ts'
import { createSeen } from '../../src/seen.ts'

const FRAME = Buffer.from('frame')
const broadcast = { addressed: false, hops: 0, frame: FRAME }
const addressed = { ...broadcast, addressed: true }

const createWith = (verdict: Verdict) => {
  const onFrame = vi.fn<FrameHandler>(() => verdict)
  const charge = vi.fn<(peer: string, code: string) => void>()
  const seen = createSeen({ entriesMax: 10, repeatAfterMs: 1_000, now: () => 0 })
  return { onFrame, charge, seen, judge: createJudge({ seen, counters: createCounters(), onFrame, charge }) }
}

test('a frame that several peers and gossip deliver is handed over once', () => {
  const { judge, onFrame } = createWith(ACCEPT)
  expect(judge.fromStream(broadcast, 'a')).toBe(true)
  expect(judge.fromStream(broadcast, 'b')).toBe(false)
  expect(judge.fromGossip(FRAME, 'c')).toEqual(ACCEPT)
  expect(onFrame.mock.calls.map(([, from]) => from)).toEqual(['a'])
})

test('a frame that gossip delivers first is not handed over when a stream brings it', () => {
  const { judge, onFrame } = createWith(ignore('early'))
  expect(judge.fromGossip(FRAME, 'a')).toEqual(ignore('early'))
  expect(judge.fromStream(broadcast, 'a')).toBe(false)
  expect(onFrame).toHaveBeenCalledTimes(1)
})

test('a frame addressed to us is always handed over', () => {
  const { judge, onFrame } = createWith(ACCEPT)
  judge.fromStream(broadcast, 'a')
  judge.fromStream(addressed, 'b')
  judge.fromStream(addressed, 'b')
  expect(onFrame).toHaveBeenCalledTimes(3)
})

test('whoever delivers a rejected frame is charged, first or not', () => {
  const { judge, charge } = createWith(reject('bad'))
  judge.fromStream(broadcast, 'a')
  judge.fromStream(broadcast, 'b')
  judge.fromGossip(FRAME, 'c')
  expect(charge.mock.calls).toEqual([
    ['a', 'bad'],
    ['b', 'bad'],
    ['c', 'bad']
  ])
})

test('our own frame is not handed over when it comes back', () => {
  const { judge, onFrame, seen } = createWith(ACCEPT)
  seen.recordOwn(sha256(FRAME))
  judge.fromStream(broadcast, 'a')
  expect(judge.fromGossip(FRAME, 'b')).toEqual(ACCEPT)
  expect(onFrame).not.toHaveBeenCalled()
})
