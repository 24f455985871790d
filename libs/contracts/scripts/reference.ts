/** Writes docs/reference/errors.md from the table of errors. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { errorsReference } from './errors-reference.ts'

const page = resolve(import.meta.dirname, '../../../docs/reference/errors.md')
mkdirSync(dirname(page), { recursive: true })
writeFileSync(page, errorsReference())
