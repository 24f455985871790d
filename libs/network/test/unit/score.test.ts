import { expect, test } from 'vitest'
import { createScores } from '../../src/score.ts'

test('a charge lowers the score, time restores it', () => {
  let nowMs = 0
  const scores = createScores({ halfLifeMs: 1_000, now: () => nowMs })
  expect(scores.get('a')).toBe(0)
  expect(scores.charge('a', 'bad-signature')).toBe(-10)
  expect(scores.charge('a', 'stream-garbage')).toBe(-35)
  nowMs = 1_000
  expect(scores.get('a')).toBe(-17.5)
  nowMs = 10_000
  expect(scores.get('a')).toBe(0)
  expect(scores.get('b')).toBe(0)
})
