import { truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, onTestFinished, test } from 'vitest'
import { scanWal } from '../../src/wal-scan.ts'
import { damageFile, tempHome } from '../support/temp-home.ts'

const PAGE_BYTES = 4096
const FRAME_BYTES = PAGE_BYTES + 24
const frameAt = (index: number): number => 32 + index * FRAME_BYTES

/** A log of `commits` commits of one page each, made by SQLite. */
const makeLog = (commits: number): string => {
  const path = join(tempHome(), 'test.db')
  const database = new DatabaseSync(path)
  onTestFinished(() => database.close())
  database.exec('PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; CREATE TABLE t (x)')
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  for (let i = 0; i < commits; i++) database.exec(`INSERT INTO t VALUES (${i})`)
  return `${path}-wal`
}

const flip = (path: string, at: number): void =>
  damageFile(path, bytes => void bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at))

test('an intact log counts its commits', () => {
  expect(scanWal(makeLog(5), PAGE_BYTES)).toEqual({ commits: 5, tornFrames: 0 })
})

test('a missing, empty or barely begun log is sound', () => {
  const path = makeLog(1)
  for (const length of [32 + FRAME_BYTES - 1, 32, 31, 0]) {
    truncateSync(path, length)
    expect(scanWal(path, PAGE_BYTES)).toEqual({ commits: 0, tornFrames: 0 })
  }
  expect(scanWal(`${path}-missing`, PAGE_BYTES)).toEqual({ commits: 0, tornFrames: 0 })
})

test('a cut in the last frame is a torn tail', () => {
  const path = makeLog(5)
  truncateSync(path, frameAt(5) - 100)
  expect(scanWal(path, PAGE_BYTES)).toEqual({ commits: 4, tornFrames: 0 })
})

test('a bad last commit is a torn tail', () => {
  const path = makeLog(5)
  flip(path, frameAt(4) + 1000)
  expect(scanWal(path, PAGE_BYTES)).toEqual({ commits: 4, tornFrames: 1 })
})

test.for([
  ['its data', 1000],
  ['its checksum', 20],
  ['its page number', 3],
  ['its salt', 9]
] as const)('two whole commits after a frame with damage to %s prove damage', ([, offset]) => {
  const path = makeLog(5)
  flip(path, frameAt(2) + offset)
  expect(scanWal(path, PAGE_BYTES)).toMatchObject({ commits: 2, damage: expect.stringContaining('follow') })
})

test('a damaged header in front of frames is damage', () => {
  for (const at of [0, 3, 10, 17, 22, 30]) {
    const path = makeLog(1)
    flip(path, at)
    expect(scanWal(path, PAGE_BYTES).damage).toBe('its header is damaged')
  }
})

test('frames of an earlier log and other rubbish after the end are not counted', () => {
  const path = makeLog(2)
  const { commits, tornFrames, damage } = scanWal(path, PAGE_BYTES)
  damageFile(path, bytes => Buffer.concat([bytes, Buffer.alloc(3 * FRAME_BYTES, 'rubbish')]))
  expect(scanWal(path, PAGE_BYTES)).toEqual({ commits, tornFrames, ...(damage !== undefined && { damage }) })
})

test('a file that is no log is damage', () => {
  const path = join(tempHome(), 'x-wal')
  writeFileSync(path, Buffer.alloc(3 * FRAME_BYTES, 1))
  expect(scanWal(path, PAGE_BYTES).damage).toBe('its header is damaged')
})
