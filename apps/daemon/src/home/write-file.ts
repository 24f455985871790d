import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { QuorateError } from '@quorate/contracts'

export const OWNER_FILE = 0o600
export const OWNER_FOLDER = 0o700

/**
 * Writes the whole file or leaves the old one: a temporary file beside it, synced, renamed, and the folder synced.
 * Mode 0600. Errors: QRT_STORAGE_FAILED; nothing is left behind then.
 */
export const writeFileAtomically = (path: string, content: string | Uint8Array): void => {
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}`)
  try {
    writeSynced(temporary, content)
    renameSync(temporary, path)
    syncFolder(dirname(path))
  } catch (cause) {
    rmSync(temporary, { force: true })
    throw writeFailed(path, cause)
  }
}

const writeSynced = (path: string, content: string | Uint8Array): void => {
  const file = openSync(path, 'wx', OWNER_FILE)
  try {
    writeFileSync(file, content)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** Makes the new name itself durable. Windows cannot sync a folder, and need not. */
const syncFolder = (folder: string): void => {
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** Makes the folder and its parents, for the owner alone. Errors: QRT_STORAGE_FAILED. */
export const makeFolder = (path: string): void => {
  try {
    mkdirSync(path, { recursive: true, mode: OWNER_FOLDER })
  } catch (cause) {
    throw writeFailed(path, cause)
  }
}

const writeFailed = (path: string, cause: unknown): QuorateError => {
  const problem = cause instanceof Error ? cause.message : String(cause)
  return new QuorateError('QRT_STORAGE_FAILED', `${path} could not be written: ${problem}`, {
    cause,
    suggestions: ['Check free space and permissions of the folder, then try again: nothing is half done.']
  })
}
