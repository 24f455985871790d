import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { auctionConfigSchema, STANDARD_CONFIG } from '../../src/index.ts'
import { exampleLines } from './worked-example.ts'

const page = readFileSync(new URL('../../../../docs/protocol/auction.md', import.meta.url), 'utf8')
const rows = page.split('\n').map(line => line.split('|').map(cell => cell.trim()))

describe('docs/protocol/auction.md', () => {
  it.each(exampleLines().map(line => [line.slice(0, 40), line]))(
    'states what the code computes: %s',
    (_, line) => {
      expect(page.split('\n')).toContain(line)
    }
  )

  it.each(Object.entries(STANDARD_CONFIG))('gives %s its standard value and its bounds', (name, standard) => {
    const row = rows.find(cells => cells[1] === `\`${name}\``)
    expect(row?.[2]).toBe(String(standard))
    const [low, high] = [Number(row?.[3]), Number(row?.[4])]
    const fits = (value: number) =>
      auctionConfigSchema.parse({ bidWindowMaxMs: 604_800_000, [name]: value }).ok
    expect([fits(low - 1), fits(high + 1)]).toEqual([false, false])
    expect(fits(standard)).toBe(true)
  })

  it('numbers its rules without a gap', () => {
    const numbers = [...page.matchAll(/^\*\*A(\d+)\.\*\*/gm)].map(match => Number(match[1]))
    expect(numbers).toEqual(Array.from({ length: 28 }, (_, i) => i + 1))
  })
})
