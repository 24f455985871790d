import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { errorsReference } from '../../scripts/errors-reference.ts'

const page = resolve(import.meta.dirname, '../../../../docs/reference/errors.md')

it('docs/reference/errors.md is what `npm run reference --workspace @quorate/contracts` writes', () => {
  expect(readFileSync(page, 'utf8')).toBe(errorsReference())
})
