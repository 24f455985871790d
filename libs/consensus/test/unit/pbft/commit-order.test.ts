import { expect, it } from 'vitest'
import type { Batch } from '@quorate/contracts'
import { KIND } from '../../../src/pbft/messages.ts'
import { createBench, describeOf } from '../../support/bench.ts'
import { createCraft } from '../../support/craft.ts'

/** Peer 4 runs; 1, 2 and 3 are what the test makes of them. Three chained batches are accepted, none is prepared. */
const accepted = () => {
  const bench = createBench()
  const craft = createCraft(bench)
  bench.start(4)
  const first = craft.batch('first')
  const second = craft.batch('second', first)
  const third = craft.batch('third', second)
  for (const batch of [first, second, third]) bench.peer(4).deliver(craft.propose(1, batch))
  const prepare = ({ header: { seq }, digest }: Batch): void => {
    for (const peer of [2, 3]) bench.peer(4).deliver(craft.vote(peer, KIND.prepare, { seq, digest }).frame)
  }
  const commits = () =>
    bench.said
      .filter(({ envelope }) => envelope.kind === KIND.commit)
      .map(({ envelope }) => (envelope.body as unknown[])[3])
  return { bench, first, second, third, prepare, commits }
}

it('sends no COMMIT above a batch that is not prepared, however far above (C63)', () => {
  const { third, second, first, prepare, commits } = accepted()
  prepare(third)
  prepare(second)
  expect(commits()).toEqual([])
  prepare(first)
  expect(commits()).toEqual([1, 2, 3])
})

it('sends the COMMITs that waited in sequence order (C63)', () => {
  const { third, second, first, prepare, commits } = accepted()
  prepare(first)
  prepare(third)
  expect(commits()).toEqual([1])
  prepare(second)
  expect(commits()).toEqual([1, 2, 3])
})

it('repeats the order after a restart: what was committed before counts (C63)', () => {
  const { bench, first, second, third, prepare, commits } = accepted()
  prepare(first)
  bench.peer(4).crash()
  bench.peer(4).start()
  prepare(second)
  prepare(third)
  expect(new Set(commits())).toEqual(new Set([1, 2, 3]))
  expect(describeOf(bench.peer(4))).toMatchObject({ executed: 0, active: true })
})
