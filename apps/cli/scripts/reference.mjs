/** Writes docs/reference/cli.md from the commands. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { renderReference } from '../src/help/reference.ts'

const page = resolve(import.meta.dirname, '../../../docs/reference/cli.md')
mkdirSync(dirname(page), { recursive: true })
writeFileSync(page, await renderReference())
