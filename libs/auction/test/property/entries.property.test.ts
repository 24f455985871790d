import * as fc from 'fast-check'
import { encodeCbor } from '@quorate/core'
import { describe, expect, it } from 'vitest'
import { createRun } from '../support/auction-run.ts'
import { bidOf, spec } from '../support/fixtures.ts'
import { createTestLedger } from '../support/ledger.ts'

const KINDS = [
  'agent-register',
  'agent-leave',
  'auction-announce',
  'auction-commit',
  'auction-close',
  'auction-reveal',
  'auction-award',
  'auction-cancel'
]

const anyCbor = fc.letrec(tie => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constant(null),
    fc.boolean(),
    fc.maxSafeInteger(),
    fc.string(),
    fc.uint8Array({ minLength: 0, maxLength: 40 }),
    fc.array(tie('value'), { maxLength: 8 }),
    fc.dictionary(fc.string(), tie('value'), { maxKeys: 4 })
  )
})).value

const anyBody = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  anyCbor.map(value => encodeCbor(value as Parameters<typeof encodeCbor>[0]))
)

describe('entries from peers', () => {
  it('are judged, never thrown at, whatever they hold', () => {
    const ledger = createTestLedger()
    const run = createRun(ledger, spec())
    run.register('peer-b', 'b')
    run.announce()
    run.commit('peer-b', 'b', bidOf(10, 0.5))
    const before = ledger.entries().length
    fc.assert(
      fc.property(fc.constantFrom(...KINDS), anyBody, (kind, body) => {
        expect(ledger.code('peer-c', { kind, body })).toMatch(/^(reject|ignore) [a-z-]+$/)
      }),
      { numRuns: 1000 }
    )
    expect(ledger.entries().length).toBe(before)
  })
})
