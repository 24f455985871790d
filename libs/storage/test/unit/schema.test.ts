import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { openStore, SCHEMA_VERSION } from '../../src/index.ts'
import { migrate, type Migration } from '../../src/schema.ts'
import { put, thrownBy } from '../support/rows.ts'
import { tempHome } from '../support/temp-home.ts'

/** A store with one row, and then changed behind its back. */
const alteredStore = (sql: string): string => {
  const directory = tempHome()
  const store = openStore({ directory })
  store.commit([put('s/1', 'a')])
  store.close()
  const database = new DatabaseSync(join(directory, 'store.db'), { defensive: false })
  database.exec(sql)
  database.close()
  return directory
}

test('a store of a newer version is refused and left alone', () => {
  const directory = alteredStore(`PRAGMA user_version = ${SCHEMA_VERSION + 1}`)
  const error = thrownBy(() => openStore({ directory }))
  expect(error).toMatchObject({ code: 'QRT_STORAGE_VERSION', details: { version: SCHEMA_VERSION + 1 } })
  expect(error.suggestions).not.toHaveLength(0)
  const database = new DatabaseSync(join(directory, 'store.db'))
  expect(database.prepare('SELECT count(*) AS n FROM rows').get()).toEqual({ n: 2 })
  database.close()
})

test.for([
  ['tables without a version', 'PRAGMA user_version = 0'],
  ['a negative version', 'PRAGMA user_version = -1'],
  ['another program', 'PRAGMA application_id = 7'],
  ['a further table', 'CREATE TABLE other (x)'],
  ['a trigger', 'CREATE TRIGGER t AFTER INSERT ON rows BEGIN DELETE FROM rows; END'],
  ['a missing table', 'DROP TABLE rows'],
  ['another declaration', 'ALTER TABLE rows ADD COLUMN extra BLOB']
])('a file with %s is refused', ([, sql]) => {
  const directory = alteredStore(sql ?? '')
  expect(thrownBy(() => openStore({ directory }))).toMatchObject({ code: 'QRT_STORAGE_CORRUPT' })
})

test('migrations run in order, from the version of the file on, each with its version', () => {
  const database = new DatabaseSync(':memory:')
  const ran: number[] = []
  const migration = (from: number): Migration => ({ from, run: () => void ran.push(from) })
  expect(migrate(database, 2, [migration(1), migration(2), migration(3)])).toBe(4)
  expect(ran).toEqual([2, 3])
  expect(database.prepare('PRAGMA user_version').get()).toEqual({ user_version: 4 })
  expect(migrate(database, 4, [migration(1), migration(2), migration(3)])).toBe(4)
})

test('a migration that fails leaves the layout before it', () => {
  const database = new DatabaseSync(':memory:')
  database.exec('CREATE TABLE t (x); PRAGMA user_version = 1')
  const failing: Migration = {
    from: 1,
    run: () => {
      database.exec('DROP TABLE t')
      throw new Error('no')
    }
  }
  expect(thrownBy(() => migrate(database, 1, [failing])).message).toBe('no')
  expect(database.prepare('SELECT count(*) AS n FROM t').get()).toEqual({ n: 0 })
  expect(database.prepare('PRAGMA user_version').get()).toEqual({ user_version: 1 })
})
