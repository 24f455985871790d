import { statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { StoreOp } from '@quorate/contracts'
import { openStore, type StorageLogLine } from '../../src/index.ts'
import { bytes, put, thrownBy } from '../support/rows.ts'
import { tempHome } from '../support/temp-home.ts'

const keys = (rows: readonly { readonly key: string }[]): string => rows.map(row => row.key).join()

test('what was committed is there after reopening', () => {
  const directory = tempHome()
  const store = openStore({ directory })
  store.commit([put('a/b', 'k'), put('a/b', ''), put('a/empty', 'k', '')])
  store.close()
  const reopened = openStore({ directory })
  expect(reopened.range('a/b')).toEqual([
    { key: '', value: bytes('a/b:') },
    { key: 'k', value: bytes('a/b:k') }
  ])
  expect(reopened.get('a/empty', 'k')).toEqual(new Uint8Array(0))
  expect(reopened.get('a/empty', 'other')).toBeUndefined()
  reopened.close()
})

test('ranges have an inclusive start, an exclusive end, a limit and a direction', () => {
  const store = openStore({ directory: tempHome() })
  store.commit(['a', 'b', 'c', 'd'].map(key => put('s/1', key)))
  store.commit([put('s/0', 'z'), put('s/2', 'a')])
  expect(keys(store.range('s/1'))).toBe('a,b,c,d')
  expect(keys(store.range('s/1', { from: 'b' }))).toBe('b,c,d')
  expect(keys(store.range('s/1', { to: 'c' }))).toBe('a,b')
  expect(keys(store.range('s/1', { from: 'b', to: 'd', reverse: true }))).toBe('c,b')
  expect(keys(store.range('s/1', { limit: 2 }))).toBe('a,b')
  expect(keys(store.range('s/1', { limit: 2, reverse: true }))).toBe('d,c')
  expect(keys(store.range('s/1', { limit: 0 }))).toBe('')
  expect(keys(store.range('s/1', { from: 'd', to: 'a' }))).toBe('')
  expect(thrownBy(() => store.range('s/1', { limit: -1 })).name).toBe('InvariantError')
  expect(thrownBy(() => store.range('s/1', { limit: 1.5 })).name).toBe('InvariantError')
  store.close()
})

test('operations of one commit apply in order', () => {
  const store = openStore({ directory: tempHome() })
  store.commit([
    put('s/1', 'a'),
    put('s/1', 'b'),
    put('s/1', 'c'),
    { type: 'delete-range', space: 's/1', from: 'b', to: 'd' },
    put('s/1', 'c', 'again'),
    { type: 'delete', space: 's/1', key: 'a' },
    { type: 'delete', space: 's/1', key: 'never there' }
  ])
  expect(store.range('s/1')).toEqual([{ key: 'c', value: bytes('again') }])
  store.close()
})

test('a commit with a malformed operation changes nothing and does not poison the store', () => {
  const store = openStore({ directory: tempHome() })
  store.commit([put('s/1', 'a')])
  const malformed = { type: 'put', space: 's/1', key: 'b', value: 'text' } as unknown as StoreOp
  expect(thrownBy(() => store.commit([put('s/1', 'a', 'changed'), malformed])).name).toBe('InvariantError')
  expect(store.get('s/1', 'a')).toEqual(bytes('s/1:a'))
  store.commit([put('s/1', 'c')])
  expect(keys(store.range('s/1'))).toBe('a,c')
  store.close()
})

test('the space of the store itself is not for callers', () => {
  const store = openStore({ directory: tempHome() })
  expect(thrownBy(() => store.commit([put('storage/commit', 'count', 'x')])).name).toBe('InvariantError')
  store.close()
})

test('values that were read or written are independent copies', () => {
  const store = openStore({ directory: tempHome() })
  const value = bytes('before')
  store.commit([put('s/1', 'a', value)])
  value.fill(0)
  store.get('s/1', 'a')?.fill(1)
  expect(store.get('s/1', 'a')).toEqual(bytes('before'))
  store.close()
})

test('a closed store says so and can be closed again', () => {
  const store = openStore({ directory: tempHome() })
  store.close()
  store.close()
  expect(thrownBy(() => store.commit([put('s/1', 'a')]))).toMatchObject({ code: 'QRT_STARTING' })
  expect(thrownBy(() => store.get('s/1', 'a'))).toMatchObject({ code: 'QRT_STARTING' })
})

test('a second connection is refused', () => {
  const directory = tempHome()
  const store = openStore({ directory })
  expect(thrownBy(() => openStore({ directory }))).toMatchObject({ code: 'QRT_ALREADY_RUNNING' })
  store.commit([put('s/1', 'a')])
  store.close()
})

test('files and directory are closed to other users', () => {
  const directory = join(tempHome(), 'a', 'b')
  const store = openStore({ directory })
  store.commit([put('s/1', 'a')])
  expect(statSync(directory).mode & 0o777).toBe(0o700)
  for (const file of ['store.db', 'store.db-wal', 'store.mark'])
    expect(statSync(join(directory, file)).mode & 0o777).toBe(0o600)
  store.close()
})

test('a large value comes back, and the log is cut back afterwards', () => {
  const directory = tempHome()
  const store = openStore({ directory })
  const large = new Uint8Array(20 * 1024 * 1024).fill(7)
  store.commit([put('s/1', 'large', large)])
  store.commit([put('s/1', 'small')])
  store.commit([put('s/1', 'small')])
  expect(Buffer.compare(store.get('s/1', 'large') ?? new Uint8Array(), large)).toBe(0)
  expect(statSync(join(directory, 'store.db-wal')).size).toBeLessThanOrEqual(16 * 1024 * 1024)
  store.close()
})

test('opening tells the log how much it verified', () => {
  const directory = tempHome()
  const store = openStore({ directory })
  store.commit([put('s/1', 'a'), put('s/2', 'a'), put('s/2', 'b')])
  store.close()
  const lines: StorageLogLine[] = []
  openStore({ directory, lazySpaces: ['s/2'], onLog: line => lines.push(line) }).close()
  expect(lines).toMatchObject([{ level: 'info', details: { commits: 1, rows: 2 } }])
})
