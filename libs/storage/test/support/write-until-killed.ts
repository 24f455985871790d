/** Usage: write-until-killed <directory>. Prints the number of each commit after it has been acknowledged. */
import { writeSync } from 'node:fs'
import { openStore } from '../../src/index.ts'
import { countNumbered, numberedOps } from './numbered.ts'

const store = openStore({ directory: process.argv[2] ?? '' })
for (let commit = countNumbered(store) + 1; ; commit++) {
  store.commit(numberedOps(commit))
  writeSync(1, `${commit}\n`)
}
