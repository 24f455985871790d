import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { BatchHeader, Digest } from '@quorate/contracts'
import { headerDigest } from '@quorate/core'
import type { Prepared, ViewChange } from '../../../src/pbft/context.ts'
import { planNewView } from '../../../src/pbft/new-view.ts'
import { GROUP_ID } from '../../support/bench.ts'

const headerOf = (seq: number, parent: Digest, time: number): BatchHeader => ({
  seq,
  parent,
  base: seq - 1,
  time,
  count: 1,
  root: GROUP_ID
})

/** A chain of batches from 1 on; `flavour` tells chains apart. */
const chain = (
  length: number,
  flavour: number
): { readonly header: BatchHeader; readonly digest: Digest }[] => {
  const made: { header: BatchHeader; digest: Digest }[] = []
  for (let seq = 1; seq <= length; seq++) {
    const header = headerOf(seq, made.at(-1)?.digest ?? GROUP_ID, flavour)
    made.push({ header, digest: headerDigest(header) })
  }
  return made
}

const prepared = (
  batch: { readonly header: BatchHeader; readonly digest: Digest },
  view: number
): Prepared => ({
  view,
  ...batch,
  prePrepare: new Uint8Array(),
  prepares: []
})

const change = (author: number, base: number, certificates: readonly Prepared[], of = CHAIN): ViewChange => ({
  author: `peer-${author}`,
  view: 9,
  frame: new Uint8Array(),
  base: base === 0 ? { seq: 0, digest: '' } : { seq: base, digest: of[base - 1]?.digest ?? '' },
  prepared: certificates
})

const CHAIN = chain(16, 1)
const digests = (from: number, to: number) => CHAIN.slice(from, to).map(({ digest }) => digest)

describe('the plan of a NEW-VIEW', () => {
  it('is nothing when nothing was prepared (C80)', () => {
    expect(planNewView([change(1, 0, []), change(2, 0, [])], GROUP_ID)).toMatchObject({
      base: { seq: 0 },
      digests: []
    })
  })

  it('begins after the highest decided batch, whoever proves it (C80)', () => {
    const certificates = CHAIN.slice(0, 4).map(batch => prepared(batch, 0))
    const plan = planNewView([change(1, 0, certificates), change(2, 2, []), change(3, 0, [])], GROUP_ID)
    expect(plan).toEqual({ base: { seq: 2, digest: CHAIN[1]?.digest }, digests: digests(2, 4) })
  })

  /**
   * What must never happen: a batch that some voter has decided is not in the plan. Decided means q COMMITs in one view,
   * and every COMMIT says that all before it is prepared in that view. Any quorum holds an honest one of the q.
   */
  it('holds every batch that may be decided, from any quorum of VIEW-CHANGEs (C80)', () => {
    const run = fc.record({
      decided: fc.integer({ min: 0, max: 8 }),
      beyond: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 4, maxLength: 4 }),
      bases: fc.array(fc.integer({ min: 0, max: 8 }), { minLength: 4, maxLength: 4 }),
      committers: fc.constantFrom([1, 2, 3], [1, 2, 4], [1, 3, 4], [2, 3, 4]),
      quorum: fc.constantFrom([1, 2, 3], [1, 2, 4], [1, 3, 4], [2, 3, 4]),
      stale: fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 3 })
    })
    fc.assert(
      fc.property(run, ({ decided, beyond, bases, committers, quorum, stale }) => {
        const other = chain(16, 2)
        const changes = quorum.map(author => {
          const base = Math.min(bases[author - 1] ?? 0, decided)
          const committed = (committers as readonly number[]).includes(author)
          const top = committed ? decided + (beyond[author - 1] ?? 0) : base
          const own = CHAIN.slice(base, top).map(batch => prepared(batch, 3))
          // Who has not committed may still hold certificates of earlier views, for other batches.
          const old = committed ? [] : other.slice(base).filter(({ header }) => stale.includes(header.seq))
          return change(author, base, [...own, ...old.map(batch => prepared(batch, 1))])
        })
        const plan = planNewView(changes, GROUP_ID)
        const kept = [...digests(0, plan.base.seq), ...plan.digests]
        expect(kept.slice(0, decided)).toEqual(digests(0, decided))
      })
    )
    expect.hasAssertions()
  })
})
