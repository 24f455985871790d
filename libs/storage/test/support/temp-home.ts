import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** A new directory that is removed after the test. */
export const tempHome = (): string => {
  const directory = mkdtempSync(join(tmpdir(), 'quorate-storage-'))
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }))
  return directory
}

/**
 * Copies a store, open or not, as a crash would leave it.
 *
 * By another process: closing a descriptor of the file in this one would drop SQLite's lock on it.
 */
export const copyStore = (from: string, to: string): void => {
  rmSync(to, { recursive: true, force: true })
  execFileSync('cp', ['-r', from, to])
}

/** Changes the bytes of a file that no store of this process has open. */
export const damageFile = (path: string, change: (bytes: Buffer) => Buffer | void): void => {
  const bytes = readFileSync(path)
  writeFileSync(path, change(bytes) ?? bytes)
}
