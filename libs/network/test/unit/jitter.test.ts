import { expect, test } from 'vitest'
import { fullJitterMs } from '../../src/jitter.ts'

const range = { minMs: 200, maxMs: 5_000 }

test('the wait is uniform below a cap that doubles up to its maximum', () => {
  const caps = [0, 1, 2, 4, 5, 10, 1_000].map(failures => fullJitterMs(failures, range, () => 1))
  expect(caps).toEqual([200, 400, 800, 3_200, 5_000, 5_000, 5_000])
  expect(fullJitterMs(3, range, () => 0)).toBe(0)
  expect(fullJitterMs(3, range, () => 0.5)).toBe(800)
})
