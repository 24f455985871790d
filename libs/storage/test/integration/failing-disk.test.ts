import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test, type TestContext } from 'vitest'
import { openStore } from '../../src/index.ts'
import { countNumbered, numberedOps } from '../support/numbered.ts'
import { startChild } from '../support/processes.ts'
import { put, thrownBy } from '../support/rows.ts'
import { tempHome } from '../support/temp-home.ts'

const DISK_BYTES = 1024 * 1024

/** A disk of 1 MiB; skips the test where the system does not let us mount one. */
const mountSmallDisk = (context: TestContext): string => {
  const disk = tempHome()
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_BYTES}`, 'tmpfs', disk], { stdio: 'ignore' })
  } catch {
    context.skip('no right to mount a small disk')
  }
  onTestFinished(() => void execFileSync('umount', ['-l', disk]))
  return disk
}

test('a full disk is told, latches, and costs nothing that was acknowledged', context => {
  const disk = mountSmallDisk(context)
  const directory = join(disk, 'store')
  const store = openStore({ directory })
  writeFileSync(join(disk, 'filler'), Buffer.alloc(DISK_BYTES / 2))
  let acknowledged = 0
  const error = thrownBy(() => {
    for (;;) store.commit(numberedOps(++acknowledged))
  })
  expect(error).toMatchObject({ code: 'QRT_STORAGE_FAILED', details: { file: join(directory, 'store.db') } })
  rmSync(join(disk, 'filler'))
  for (const step of [
    () => store.commit([put('test/log', 'x')]),
    () => store.get('test/head', 'last'),
    () => store.range('test/log')
  ])
    expect(thrownBy(step)).toMatchObject({ code: 'QRT_STORAGE_FAILED' })
  store.close()
  const reopened = openStore({ directory })
  expect(countNumbered(reopened)).toBe(acknowledged - 1)
  reopened.commit(numberedOps(acknowledged))
  expect(countNumbered(reopened)).toBe(acknowledged)
  reopened.close()
})

test('a disk with no room for a store is told', context => {
  const disk = mountSmallDisk(context)
  mkdirSync(join(disk, 'store'))
  expect(thrownBy(() => writeFileSync(join(disk, 'filler'), Buffer.alloc(2 * DISK_BYTES)))).toMatchObject({
    code: 'ENOSPC'
  })
  expect(thrownBy(() => openStore({ directory: join(disk, 'store') }))).toMatchObject({
    code: 'QRT_STORAGE_FAILED'
  })
  rmSync(join(disk, 'filler'))
  openStore({ directory: join(disk, 'store') }).close()
})

/** The log alone passes the smaller limit; the larger one is met by the main file, in a checkpoint. */
test.for([600, 9000])(
  'a write error (%i kB per file) latches and costs nothing',
  { timeout: 60_000 },
  async limit => {
    const directory = tempHome()
    const child = startChild('write-until-refused.ts', [directory], limit)
    await child.ended
    expect(child.lines.slice(-3)).toEqual(['QRT_STORAGE_FAILED', 'QRT_STORAGE_FAILED', 'QRT_STORAGE_FAILED'])
    const acknowledged = Number(child.lines.at(-4))
    expect(acknowledged).toBeGreaterThan(10)
    const store = openStore({ directory })
    expect([acknowledged, acknowledged + 1]).toContain(countNumbered(store))
    store.close()
  }
)
