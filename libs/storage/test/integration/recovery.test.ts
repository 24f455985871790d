import { appendFileSync, cpSync, rmSync, statSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Store } from '@quorate/contracts'
import { openStore, type StorageLogLine } from '../../src/index.ts'
import { countNumbered, numberedOps } from '../support/numbered.ts'
import { put, thrownBy } from '../support/rows.ts'
import { copyStore, damageFile, tempHome } from '../support/temp-home.ts'

const COMMITS = 20

const commitUpTo = (store: Store, last: number): void => {
  for (let commit = countNumbered(store) + 1; commit <= last; commit++) store.commit(numberedOps(commit))
}

/** What a crash leaves after COMMITS commits: nothing has been moved out of the log. */
const crashed = (last = COMMITS): string => {
  const home = tempHome()
  const store = openStore({ directory: join(home, 'live'), markEveryMs: 0 })
  commitUpTo(store, last)
  copyStore(join(home, 'live'), join(home, 'crashed'))
  store.close()
  return join(home, 'crashed')
}

const reopen = (directory: string, onLog?: (line: StorageLogLine) => void): number => {
  const store = openStore({ directory, ...(onLog !== undefined && { onLog }) })
  const found = countNumbered(store)
  store.close()
  return found
}

/** The files as they are when the commit after `COMMITS` is cut off after `keep` of its bytes. */
const tornCommit = (keep: number): string => {
  const home = tempHome()
  const store = openStore({ directory: join(home, 'live'), markEveryMs: 0 })
  commitUpTo(store, COMMITS)
  copyStore(join(home, 'live'), join(home, 'crashed'))
  const before = statSync(join(home, 'live', 'store.db-wal')).size
  store.commit(numberedOps(COMMITS + 1))
  cpSync(join(home, 'live', 'store.db-wal'), join(home, 'crashed', 'store.db-wal'))
  truncateSync(join(home, 'crashed', 'store.db-wal'), before + keep)
  store.close()
  return join(home, 'crashed')
}

test('what was acknowledged survives a crash', () => expect(reopen(crashed())).toBe(COMMITS))

test.for([1, 24, 100, 4120, 4121, 10_000])(
  'a commit cut off after %i bytes is dropped, and no other',
  keep => {
    const directory = tornCommit(keep)
    expect(reopen(directory)).toBe(COMMITS)
    const store = openStore({ directory })
    commitUpTo(store, COMMITS + 5)
    expect(countNumbered(store)).toBe(COMMITS + 5)
    store.close()
  }
)

test('rubbish at the end of the log is dropped, and nothing else', () => {
  for (const length of [1, 4120, 50_000]) {
    const directory = crashed()
    appendFileSync(join(directory, 'store.db-wal'), Buffer.alloc(length, 'rubbish'))
    expect(reopen(directory)).toBe(COMMITS)
  }
})

test('a dropped torn transaction is told to the log', () => {
  const lines: StorageLogLine[] = []
  reopen(tornCommit(10_000), line => lines.push(line))
  expect(lines.map(line => line.message)).toContain('dropped a torn transaction')
})

const refusals: readonly (readonly [string, RegExp, (directory: string) => void])[] = [
  [
    'the last acknowledged commit cut off',
    /acknowledged/,
    d => truncateSync(join(d, 'store.db-wal'), statSync(join(d, 'store.db-wal')).size - 1)
  ],
  ['the log removed', /acknowledged/, d => rmSync(join(d, 'store.db-wal'))],
  ['the log emptied', /acknowledged/, d => truncateSync(join(d, 'store.db-wal'), 0)],
  ['the database removed', /acknowledged/, d => rmSync(join(d, 'store.db'))],
  ['the database emptied', /acknowledged/, d => truncateSync(join(d, 'store.db'), 0)],
  [
    'database and mark removed',
    /its log is not/,
    d => ['store.db', 'store.mark'].forEach(file => rmSync(join(d, file)))
  ],
  [
    'database and log removed',
    /acknowledged/,
    d => ['store.db', 'store.db-wal'].forEach(file => rmSync(join(d, file)))
  ],
  [
    'damage in the middle of the log',
    /follow a damaged frame/,
    d => damageFile(join(d, 'store.db-wal'), bytes => void bytes.fill(0xaa, 9000, 9010))
  ]
]

test.for(refusals)('a store with %s is refused', ([, problem, damage]) => {
  const directory = crashed()
  damage(directory)
  for (const attempt of [1, 2]) {
    const error = thrownBy(() => openStore({ directory }))
    expect(error, `attempt ${attempt}`).toMatchObject({ code: 'QRT_STORAGE_CORRUPT' })
    expect(error.message).toMatch(problem)
    expect(error.message).toContain(directory)
    expect(error.suggestions?.join(' ')).toContain('cannot vote any more')
  }
})

test.for([
  ['rubbish', /not a database/, (bytes: Buffer) => bytes.fill(0xaa)],
  ['a header that asks for a newer SQLite', /not a database/, (bytes: Buffer) => bytes.fill(3, 18, 20)],
  [
    'a header with another text encoding',
    /encoding|declared|format/,
    (bytes: Buffer) => bytes.fill(9, 44, 60)
  ]
] as const)('a database of %s is refused', ([, problem, damage]) => {
  const directory = crashed()
  reopen(directory)
  damageFile(join(directory, 'store.db'), damage)
  const error = thrownBy(() => openStore({ directory }))
  expect(error).toMatchObject({ code: 'QRT_STORAGE_CORRUPT' })
  expect(error.message).toMatch(problem)
})

test('an older copy of the database is refused', () => {
  const [older, newer] = [crashed(5), crashed(COMMITS)]
  rmSync(join(newer, 'store.db-wal'))
  cpSync(join(older, 'store.db'), join(newer, 'store.db'))
  cpSync(join(older, 'store.db-wal'), join(newer, 'store.db-wal'))
  expect(thrownBy(() => openStore({ directory: newer })).message).toContain('it ends at commit 5')
})

test('a lost mark is told and made again: it only ever vouches', () => {
  const directory = crashed()
  rmSync(join(directory, 'store.mark'))
  const lines: StorageLogLine[] = []
  expect(reopen(directory, line => lines.push(line))).toBe(COMMITS)
  expect(lines.filter(line => line.level === 'warn')).toHaveLength(1)
  expect(reopen(directory)).toBe(COMMITS)
})

test('a damaged row is found at open, or, in a lazy space, when it is read; then the store stops', () => {
  const directory = tempHome()
  const store = openStore({ directory })
  store.commit([put('s/history', 'row', 'a very particular value'), put('s/other', 'row')])
  store.close()
  damageFile(
    join(directory, 'store.db'),
    bytes => void bytes.write('A', bytes.indexOf('a very particular value'))
  )
  const error = thrownBy(() => openStore({ directory }))
  expect(error).toMatchObject({ code: 'QRT_STORAGE_CORRUPT' })
  expect(error.message).toContain('row "row" of space "s/history"')
  for (const read of [(s: Store) => s.get('s/history', 'row'), (s: Store) => s.range('s/history')]) {
    const lazy = openStore({ directory, lazySpaces: ['s/history'] })
    expect(lazy.get('s/other', 'row')).toBeDefined()
    expect(thrownBy(() => read(lazy))).toMatchObject({ code: 'QRT_STORAGE_CORRUPT' })
    expect(thrownBy(() => lazy.get('s/other', 'row'))).toMatchObject({ code: 'QRT_STORAGE_CORRUPT' })
    expect(thrownBy(() => lazy.commit([put('s/other', 'more')]))).toMatchObject({
      code: 'QRT_STORAGE_CORRUPT'
    })
    lazy.close()
  }
})
