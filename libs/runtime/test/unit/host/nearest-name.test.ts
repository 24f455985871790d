import { expect, test } from 'vitest'
import { nearestName } from '../../../src/host/nearest-name.ts'

test.for([
  ['pbtf', ['pbft', 'qbft'], 'pbft'],
  ['sealedbid', ['vickrey', 'sealed-bid'], 'sealed-bid'],
  ['x', ['y'], undefined],
  ['abc', ['xyz'], undefined],
  ['anything', [], undefined],
  ['same', ['same'], 'same']
] as const)('the nearest to %s of %o is %s', ([name, known, nearest]) => {
  expect(nearestName(name, known)).toBe(nearest)
})
