import { chmodSync, closeSync, fsyncSync, mkdirSync, openSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

export const DIRECTORY_MODE = 0o700
export const FILE_MODE = 0o600

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT'
const exists = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'EEXIST'

/** Size in bytes; undefined when there is no such file. */
export const fileSize = (path: string): number | undefined => {
  try {
    return statSync(path).size
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

/** Makes the names that a directory holds durable. Windows has no such call and needs none. */
export const syncDirectory = (path: string): void => {
  if (process.platform === 'win32') return
  const descriptor = openSync(path, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** Makes the directory and its parents with mode 0700, durably; an existing one is closed to others. */
export const ensureDirectory = (path: string): void => {
  const made = mkdirSync(path, { recursive: true, mode: DIRECTORY_MODE })
  if (made === undefined) chmodSync(path, DIRECTORY_MODE)
  else syncDirectory(dirname(made))
}

/**
 * Makes an empty file with mode 0600, or closes an existing one to others.
 *
 * An existing file is never opened here: POSIX drops all locks of a process on a file when the process closes any
 * descriptor of it, and SQLite may hold some.
 */
export const ensureFile = (path: string): void => {
  try {
    closeSync(openSync(path, 'wx', FILE_MODE))
  } catch (error) {
    if (!exists(error)) throw error
    chmodSync(path, FILE_MODE)
  }
}
