import { expect, test } from 'vitest'
import { openStore } from '../../src/index.ts'
import { countNumbered } from '../support/numbered.ts'
import { startChild } from '../support/processes.ts'
import { tempHome } from '../support/temp-home.ts'

/** Enough commits, some of them, to pass a checkpoint before the kill. */
const COMMITS_BEFORE_KILL = [1, 40, 3, 700, 150, 9]

test('after kill -9 exactly the acknowledged commits are there', { timeout: 60_000 }, async () => {
  const directory = tempHome()
  for (const commits of COMMITS_BEFORE_KILL) {
    const child = startChild('write-until-killed.ts', [directory])
    await child.printed(commits)
    child.process.kill('SIGKILL')
    await child.ended
    const acknowledged = Number(child.lines.at(-1))
    const store = openStore({ directory })
    const found = countNumbered(store)
    store.close()
    // The last commit may have been synced without its number being printed.
    expect([acknowledged, acknowledged + 1]).toContain(found)
  }
})
