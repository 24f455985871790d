import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { PBFT_DEFAULTS, pbftConfigSchema } from '../../../src/pbft/config.ts'
import { KIND } from '../../../src/pbft/messages.ts'

const page = readFileSync(join(import.meta.dirname, '../../../../../docs/protocol/consensus.md'), 'utf8')
const rows = [...page.matchAll(/^\| `(\w+)` +\| +(\d+) \| +(\d+) to (\d+) \|/gm)].map(
  ([, key = '', ...numbers]) => [key, numbers.map(Number)] as const
)
const parse = (config: Record<string, number | string>) => pbftConfigSchema.parse(config)

describe('the configuration of pbft', () => {
  it('has the defaults that the document states (C1)', () => {
    expect(Object.fromEntries(rows.map(([key, [value]]) => [key, value]))).toEqual(PBFT_DEFAULTS)
    expect(parse({})).toEqual({ ok: true, value: PBFT_DEFAULTS })
  })

  it.each(rows)('bounds %s as the document states (C1)', (key, [, low = 0, high = 0]) => {
    expect([low, high].map(value => parse({ [key]: value }).ok)).toEqual([true, true])
    expect([low - 1, high + 1, low + 0.5, `${low}`].map(value => parse({ [key]: value }).ok)).toEqual(
      Array(4).fill(false)
    )
  })

  it('names a setting that it does not know (C1)', () => {
    expect(parse({ windows: 3 })).toMatchObject({ ok: false, issues: [expect.stringContaining('windows')] })
  })
})

it('the document lists every kind of message (C50)', () => {
  const listed = [...page.matchAll(/^\| `(pbft\/[a-z-]+)`/gm)].map(([, kind]) => kind)
  expect(new Set(listed)).toEqual(new Set(Object.values(KIND)))
})
