import { statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openCommitMark } from '../../src/commit-mark.ts'
import { damageFile, tempHome } from '../support/temp-home.ts'

test('a new mark knows nothing; a written one comes back', () => {
  const path = join(tempHome(), 'store.mark')
  const mark = openCommitMark(path)
  expect(mark.last).toBeUndefined()
  mark.write(1)
  mark.write(Number.MAX_SAFE_INTEGER)
  mark.sync()
  mark.close()
  const again = openCommitMark(path)
  expect(again.last).toBe(Number.MAX_SAFE_INTEGER)
  again.close()
  expect(statSync(path).mode & 0o777).toBe(0o600)
})

test('a damaged mark knows nothing', () => {
  const path = join(tempHome(), 'store.mark')
  for (let at = 0; at < 16; at++) {
    const mark = openCommitMark(path)
    mark.write(5)
    mark.close()
    damageFile(path, bytes => void bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at))
    const damaged = openCommitMark(path)
    expect(damaged.last).toBeUndefined()
    damaged.close()
  }
})

test('a mark is written at most once in its period, and is exact after close', () => {
  const path = join(tempHome(), 'store.mark')
  const onFile = (): number | undefined => {
    const reader = openCommitMark(path)
    reader.close()
    return reader.last
  }
  const mark = openCommitMark(path, 60_000)
  mark.write(1)
  mark.write(2)
  expect(onFile()).toBe(1)
  mark.close()
  expect(onFile()).toBe(2)
})
