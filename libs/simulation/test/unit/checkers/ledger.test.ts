import { describe, expect, it } from 'vitest'
import { certificate } from '../../../src/checkers/certificate.ts'
import { executeOnce } from '../../../src/checkers/execute-once.ts'
import { order } from '../../../src/checkers/order.ts'
import { preparedAfterCommitted } from '../../../src/checkers/prepared.ts'
import { state } from '../../../src/checkers/state.ts'
import { encodeHeader } from '@quorate/core'
import { createBench, put } from '../../support/bench.ts'

describe('order', () => {
  it('is content with one chain, executed by each in order, also again after a crash lost nothing', () => {
    const bench = createBench(order)
    const first = bench.batch(undefined)
    const second = bench.batch(first)
    for (const peer of ['peer-1', 'peer-2']) for (const made of [first, second]) bench.executed(peer, made)
    expect(bench.violations).toEqual([])
  })

  it('sees two batches at one place', () => {
    const bench = createBench(order)
    bench.executed('peer-1', bench.batch(undefined))
    bench.executed('peer-2', bench.batch(undefined))
    expect(bench.violations).toEqual(['agreement'])
  })

  it('sees a batch on top of another parent than the agreed one', () => {
    const bench = createBench(order)
    bench.executed('peer-1', bench.batch(undefined))
    bench.executed('peer-1', bench.batch(bench.batch(undefined)))
    expect(bench.violations).toEqual(['agreement'])
  })

  it('sees a gap, and a step back', () => {
    const bench = createBench(order)
    const first = bench.batch(undefined)
    bench.executed('peer-1', bench.batch(first))
    bench.executed('peer-1', first)
    expect(bench.violations).toContain('gap-free')
    expect(bench.violations.filter(name => name === 'gap-free')).toHaveLength(2)
  })
})

describe('execute-once', () => {
  it('sees a submission that is in two batches', () => {
    const bench = createBench(executeOnce)
    const first = bench.batch(undefined)
    bench.executed('peer-1', first)
    bench.executed('peer-2', first)
    expect(bench.violations).toEqual([])
    bench.executed('peer-1', bench.batch(first, first.submissions))
    expect(bench.violations).toEqual(['execute-once'])
  })

  it('sees two submissions of one author with the same counter', () => {
    const [bench, other] = [createBench(executeOnce), createBench(executeOnce)]
    const [a, b] = [bench.submission('peer-1', record('a')), other.submission('peer-1', record('b'))]
    bench.executed('peer-1', bench.batch(undefined, [a, b]))
    expect(bench.violations).toEqual(['execute-once'])
  })

  it('sees a submission that nobody has signed', () => {
    const bench = createBench(executeOnce)
    const made = bench.batch(undefined)
    const [signed] = made.submissions
    const frame = Uint8Array.from(signed?.frame ?? [])
    frame[frame.length - 1] = (frame.at(-1) ?? 0) ^ 1
    bench.executed('peer-1', { ...made, submissions: [{ ...signed, frame } as never] })
    expect(bench.violations).toEqual(['validity'])
  })
})

const record = (name: string) => ({ kind: 'record', body: new TextEncoder().encode(name) })

describe('certificate', () => {
  const check = (how: Parameters<ReturnType<typeof createBench>['executed']>[2]): string[] => {
    const bench = createBench(certificate)
    bench.executed('peer-1', bench.batch(undefined), how)
    return bench.violations
  }

  it.each([
    ['a quorum of commits', {}, []],
    ['too few', { signers: ['peer-1', 'peer-2'] }, ['certificate']],
    ['a voter counted twice', { signers: ['peer-1', 'peer-2', 'peer-2'] }, ['certificate']],
    ['a stranger among them', { signers: ['peer-1', 'peer-2', 'peer-9'] }, ['certificate']],
    ['prepares', { kind: 'pbft/prepare' }, ['certificate']],
    ['another epoch than the votes are of', { epoch: 1 }, ['certificate']]
  ])('with %s', (_, how, expected) => {
    expect(check(how)).toEqual(expected)
  })
})

describe('prepared', () => {
  const prepare = (view: number, digest: 'same' | 'other', first: 'decided' | 'prepared'): string[] => {
    const bench = createBench(preparedAfterCommitted)
    const [made, other] = [bench.batch(undefined), bench.batch(undefined)]
    const { header, digest: named } = digest === 'same' ? made : other
    const prePrepare = bench.vote('peer-1', 'pbft/pre-prepare', { view, seq: 1, digest: named })
    const row = put('pbft/prepared', '1', [encodeHeader(header), prePrepare.frame, []])
    if (first === 'decided') bench.executed('peer-1', made, { view: 1 })
    bench.watch.committed('peer-2', [row])
    if (first === 'prepared') bench.executed('peer-1', made, { view: 1 })
    return bench.violations
  }

  it.each(['decided', 'prepared'] as const)(
    'sees another batch prepared in a later view, %s first',
    first => {
      expect(prepare(2, 'other', first)).toEqual(['prepared'])
      expect(prepare(1, 'other', first)).toEqual(['prepared'])
      expect(prepare(0, 'other', first)).toEqual([])
      expect(prepare(2, 'same', first)).toEqual([])
    }
  )
})

describe('state', () => {
  it('sees two results of one batch', () => {
    const bench = createBench(state)
    const made = bench.batch(undefined)
    const writes = [put('ledger/state', 'm\0a', 1), put('ledger/state', 'm\0b', 2)]
    bench.executed('peer-1', made, { writes })
    bench.executed('peer-2', made, { writes: writes.toReversed() })
    expect(bench.violations).toEqual([])
    bench.executed('peer-3', made, { writes: [put('ledger/state', 'm\0a', 2)] })
    expect(bench.violations).toEqual(['state'])
  })

  it('sees an earlier difference in everything that follows', () => {
    const bench = createBench(state)
    const [first, second] = [bench.batch(undefined), bench.batch(bench.batch(undefined))]
    bench.executed('peer-1', first, { writes: [put('ledger/state', 'm\0a', 1)] })
    bench.executed('peer-2', first, { writes: [put('ledger/state', 'm\0a', 2)] })
    for (const peer of ['peer-1', 'peer-2']) bench.executed(peer, second)
    expect(bench.violations).toEqual(['state', 'state'])
  })
})
