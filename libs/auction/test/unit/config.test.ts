import { describe, expect, it } from 'vitest'
import { auctionConfigSchema, createRules, STANDARD_CONFIG } from '../../src/index.ts'

describe('the configuration of sealed-bid', () => {
  it('has a standard value for each setting', () => {
    expect(STANDARD_CONFIG).toMatchObject({ revealWindowMs: 5000, bidsMax: 1024, finishedMax: 256 })
  })

  it('names every setting that is wrong', () => {
    const parsed = auctionConfigSchema.parse({ bidsMax: 0, colour: 'red', revealWindowMs: 'long' })
    const issues = parsed.ok ? [] : parsed.issues
    for (const name of ['colour', 'revealWindowMs', 'bidsMax']) {
      expect(issues.filter(issue => issue.includes(name))).toHaveLength(1)
    }
  })

  it('refuses windows that contradict each other', () => {
    expect(() => createRules({ bidWindowMinMs: 10, bidWindowMaxMs: 5 })).toThrow(/bidWindowMinMs/)
  })
})
