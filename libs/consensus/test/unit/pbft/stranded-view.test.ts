import type { CborValue } from '@quorate/contracts'
import { describe, expect, it } from 'vitest'
import { KIND } from '../../../src/pbft/messages.ts'
import { createBench, heightOf, submit } from '../../support/bench.ts'

const viewOf = (body: CborValue): number => (body as readonly CborValue[])[2] as number

describe('a node that is ahead of its peers in a view change', () => {
  it('does not strand them in a view for which they lack its VIEW-CHANGE', () => {
    const bench = createBench()
    let lossy = true
    bench.drop = ({ from, kind, body }) =>
      lossy &&
      from === 'peer-1' &&
      (kind === KIND.propose || (kind === KIND.viewChange && viewOf(body) === 1))
    bench.start(1, 2, 4)
    submit(bench.peer(2), 'has to be decided without peer 3')
    // Peer 1 sees a quorum ask for view 1, which no other does, waits for its primary in vain, and asks for view 2.
    bench.advance(6_000)
    lossy = false
    bench.advance(30_000)
    expect([1, 2, 4].map(number => heightOf(bench.peer(number)))).toEqual([1, 1, 1])
  })
})
