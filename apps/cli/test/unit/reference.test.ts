import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { renderReference } from '../../src/help/reference.ts'

const page = resolve(import.meta.dirname, '../../../../docs/reference/cli.md')

describe('docs/reference/cli.md', () => {
  it('is what `npm run reference --workspace quorate` writes', async () => {
    expect(readFileSync(page, 'utf8')).toBe(await renderReference())
  })
})
