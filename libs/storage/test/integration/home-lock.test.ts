import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { lockHome, openStore } from '../../src/index.ts'
import { startChild } from '../support/processes.ts'
import { thrownBy } from '../support/rows.ts'
import { tempHome } from '../support/temp-home.ts'

test('a second process is refused with the pid of the first, and let in when that one is killed', async () => {
  const home = tempHome()
  const holder = startChild('hold-home.ts', [home])
  await holder.printed(1)
  const error = thrownBy(() => lockHome(home))
  expect(error).toMatchObject({ code: 'QRT_ALREADY_RUNNING', details: { pid: holder.process.pid } })
  expect(error.message).toContain(`process ${holder.process.pid}`)
  expect(error.suggestions).not.toHaveLength(0)
  holder.process.kill('SIGKILL')
  await holder.ended
  const lock = lockHome(home)
  expect(readFileSync(join(home, 'daemon.pid'), 'utf8')).toBe(`${process.pid}\n`)
  lock.release()
})

test('a second lock in the same process is refused', () => {
  const home = tempHome()
  const lock = lockHome(home)
  expect(thrownBy(() => lockHome(home))).toMatchObject({ code: 'QRT_ALREADY_RUNNING' })
  expect(thrownBy(() => lockHome(home))).toMatchObject({ code: 'QRT_ALREADY_RUNNING' })
  lock.release()
  lock.release()
  lockHome(home).release()
  expect(existsSync(join(home, 'daemon.pid'))).toBe(false)
})

test('the pid file is only for the message: a stale or garbled one locks nobody out', () => {
  const home = tempHome()
  for (const content of ['1\n', '', 'not a pid', '99999999999999\n']) {
    writeFileSync(join(home, 'daemon.pid'), content)
    lockHome(home).release()
  }
  const lock = lockHome(home)
  writeFileSync(join(home, 'daemon.pid'), 'garbage')
  expect(thrownBy(() => lockHome(home)).message).toContain('another process')
  lock.release()
})

test('a lock file with other content is refused with what to do', () => {
  const home = tempHome()
  writeFileSync(join(home, 'daemon.lock'), Buffer.alloc(8192, 'x'))
  const error = thrownBy(() => lockHome(home))
  expect(error).toMatchObject({ code: 'QRT_STORAGE_CORRUPT' })
  expect(error.suggestions?.[0]).toContain('Remove')
})

test('a home that cannot be made is refused', () => {
  const home = tempHome()
  writeFileSync(join(home, 'file'), '')
  expect(thrownBy(() => lockHome(join(home, 'file')))).toMatchObject({ code: 'QRT_STORAGE_FAILED' })
  expect(thrownBy(() => openStore({ directory: join(home, 'file', 'store') }))).toMatchObject({
    code: 'QRT_STORAGE_FAILED'
  })
})

test('homes are closed to other users', () => {
  const home = join(tempHome(), 'home')
  lockHome(home).release()
  expect(statSync(home).mode & 0o777).toBe(0o700)
  expect(statSync(join(home, 'daemon.lock')).mode & 0o777).toBe(0o600)
})

test('the store of a home admits one process, even without the lock', async () => {
  const directory = join(tempHome(), 'store')
  mkdirSync(directory)
  const writer = startChild('write-until-killed.ts', [directory])
  await writer.printed(1)
  expect(thrownBy(() => openStore({ directory })).message).toContain('in use')
  writer.process.kill('SIGKILL')
  await writer.ended
  openStore({ directory }).close()
})
