import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { LIMITS } from '@quorate/core'
import { verifyReceipt } from '../../src/index.ts'
import { groupFile, receiptFile, signingVectors, wireVectors, type Vectors } from '../support/vectors.ts'

const root = join(import.meta.dirname, '../../../..')
const docs = join(root, 'docs/protocol')
const text = (path: string): string => readFileSync(join(root, path), 'utf8')
const json = (name: string): unknown => JSON.parse(readFileSync(join(docs, 'vectors', name), 'utf8'))

const VECTORS = /(?<=## Test vectors[\s\S]*```text\n)[\s\S]*?(?=```)/
const linesOf = (vectors: Vectors): string =>
  Object.entries(vectors)
    .map(([name, value]) => `${name} = ${value}\n`)
    .join('')

const RULE = /\b[WSC]\d{1,3}\b/g
const rulesOf = (page: string): string[] =>
  [...page.matchAll(/^\*\*([WSC]\d+)\.\*\* /gm)].map(match => match[1] ?? '')
const pages = ['wire.md', 'signing.md', 'consensus.md'].map(name => text(`docs/protocol/${name}`))
const sources = globSync('libs/*/src/**/*.ts', { cwd: root }).map(text)

describe('the protocol documents', () => {
  it.each([
    ['wire.md', wireVectors],
    ['signing.md', signingVectors]
  ])('%s shows the vectors that the code gives (run vitest -u to write them)', async (name, vectors) => {
    const page = text(`docs/protocol/${name}`)
    await expect(page.replace(VECTORS, linesOf(vectors()))).toMatchFileSnapshot(join(docs, name))
  })

  it('come with a receipt that verifies', () => {
    expect(json('group.json')).toEqual(groupFile())
    expect(json('receipt.json')).toEqual(receiptFile())
    expect(verifyReceipt(json('receipt.json'), json('group.json'))).toMatchObject({
      valid: true,
      kind: 'decision'
    })
  })

  it('state the limits of the code (W110)', () => {
    const rows = [...(pages[0] ?? '').matchAll(/^\| `(\w+)` +\| +(\d+) \|/gm)]
    expect(Object.fromEntries(rows.map(([, name, value]) => [name, Number(value)]))).toEqual(LIMITS)
  })

  it('number each rule once, in ascending order', () => {
    for (const page of pages) {
      const numbers = rulesOf(page).map(rule => Number(rule.slice(1)))
      expect(numbers).toEqual([...new Set(numbers)].toSorted((a, b) => a - b))
      expect(numbers.length).toBeGreaterThan(10)
    }
  })

  it('have every rule that a test or another rule cites', () => {
    const rules = new Set(pages.flatMap(rulesOf))
    const tests = globSync('libs/*/test/**/*.test.ts', { cwd: root }).map(text)
    const inPages = [...pages, text('docs/glossary.md')].flatMap(page => page.match(RULE) ?? [])
    const inTests = tests.flatMap(source => source.match(/(?<=\()[WSC]\d{1,3}(?=[ ,)])/g) ?? [])
    const inSources = sources.flatMap(source => source.match(/(?<=\brules?[\s*]+)[WSC]\d{1,3}\b/g) ?? [])
    const cited = [...inPages, ...inTests, ...inSources]
    expect(inTests.length).toBeGreaterThan(50)
    expect([...new Set(cited)].filter(rule => !rules.has(rule))).toEqual([])
  })

  it('have every section that a comment in the code cites', () => {
    const cited = sources.flatMap(source => [
      ...source.matchAll(/docs\/protocol\/(\w+\.md),[\s*]+"([^"]+)"/g)
    ])
    expect(cited.length).toBeGreaterThan(10)
    const missing = cited.filter(([, page = '', section = '']) => {
      const headings = text(`docs/protocol/${page}`).match(/^#+ .*$/gm) ?? []
      return !headings.some(heading => heading.toLowerCase().endsWith(` ${section.toLowerCase()}`))
    })
    expect(missing.map(([citation]) => citation)).toEqual([])
  })
})
