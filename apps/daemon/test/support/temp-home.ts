import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** A folder that goes with the test. */
export const tempFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'quorate-daemon-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Path of a home that is not there yet. */
export const tempHome = (): string => join(tempFolder(), 'home')
