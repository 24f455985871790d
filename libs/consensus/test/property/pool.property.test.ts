import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Submission } from '@quorate/contracts'
import { createKeyedSigning, createMemoryStore } from '@quorate/test-support'
import { createPool } from '../../src/pool/pool.ts'
import { GROUP_ID, submissionOf } from '../support/bench.ts'

const SUBMISSIONS: readonly Submission[] = ['peer-2', 'peer-3'].flatMap(author =>
  [1, 2, 3].map(counter => submissionOf(createKeyedSigning(GROUP_ID, author), counter, `${counter}`, 'more'))
)

const step = fc.record({
  what: fc.constantFrom('add', 'in-flight', 'tried', 'retry', 'clear', 'defer', 'executed'),
  which: fc.nat(SUBMISSIONS.length - 1)
})

/** What the pool must look like: every submission that waits, and whether it could be proposed. */
type Model = Map<string, 'ready' | 'in-flight' | 'tried'>

it('its totals are those of what is ready, and nothing is in two places', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), steps => {
      const pool = createPool(createMemoryStore(), createKeyedSigning(GROUP_ID, 'peer-1'))
      const model: Model = new Map()
      for (const [now, { what, which }] of steps.entries()) {
        const submission = SUBMISSIONS[which] as Submission
        const { digest } = submission
        const known = model.has(digest)
        if (what === 'add' && pool.add(submission, now)) model.set(digest, 'ready')
        if (what === 'in-flight') pool.setInFlight(digest)
        if (what === 'in-flight' && known) model.set(digest, 'in-flight')
        if (what === 'tried') pool.setTried(digest, now)
        if (what === 'tried' && known) model.set(digest, 'tried')
        if (what === 'defer') pool.defer(digest, now)
        if (what === 'executed') pool.executed(submission, now)
        if (what === 'executed') model.delete(digest)
        if (what === 'retry') pool.retry(now + 10_000)
        if (what === 'clear') pool.clearInFlight()
        for (const [key, stage] of model)
          if (what === 'clear' || (what === 'retry' && stage === 'tried')) model.set(key, 'ready')
        const ready = [...model].filter(([, stage]) => stage === 'ready').map(([key]) => key)
        const candidates = pool.candidates({ entriesMax: 1_000, bytesMax: 1_000_000 })
        expect(new Set(candidates.map(found => found.digest))).toEqual(new Set(ready))
        expect(candidates).toHaveLength(ready.length)
        expect(pool.ready().entries).toBe(ready.length * 2)
        expect(pool.ready().bytes).toBe(candidates.reduce((sum, { frame }) => sum + frame.length, 0))
        expect(pool.size).toBe(model.size)
      }
    })
  )
})
