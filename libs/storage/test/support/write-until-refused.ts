/** Usage: write-until-refused <directory>. Prints acknowledged numbers, then what three further commits are told. */
import { writeSync } from 'node:fs'
import { QuorateError } from '@quorate/contracts'
import { openStore } from '../../src/index.ts'
import { countNumbered, numberedOps } from './numbered.ts'

const store = openStore({ directory: process.argv[2] ?? '' })
const attempt = (commit: number): boolean => {
  try {
    store.commit(numberedOps(commit))
    writeSync(1, `${commit}\n`)
    return true
  } catch (error) {
    writeSync(1, `${error instanceof QuorateError ? error.code : String(error)}\n`)
    return false
  }
}
let commit = countNumbered(store) + 1
while (attempt(commit)) commit++
attempt(commit)
attempt(commit + 1)
