import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { QuorateError } from '@quorate/contracts'
import { ensureDirectory, ensureFile, FILE_MODE } from './home-files.ts'
import { alreadyRunning, isBusy, isDamage, translate } from './storage-errors.ts'

export interface HomeLock {
  readonly directory: string
  /** Gives the home back. A second call does nothing. */
  release(): void
}

const LOCK_FILE = 'daemon.lock'
const PID_FILE = 'daemon.pid'
const PID = /^[1-9][0-9]{0,9}\n$/

/** Held here, because a connection that nobody refers to is collected as garbage, and its lock with it. */
const held = new Set<DatabaseSync>()

/** Who holds the lock: told for the message only, never trusted. */
const readPid = (path: string): number | undefined => {
  try {
    const text = readFileSync(path, 'utf8')
    return PID.test(text) ? Number(text) : undefined
  } catch {
    return undefined
  }
}

const acquire = (path: string): DatabaseSync => {
  const database = new DatabaseSync(path, { timeout: 0 })
  try {
    database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE')
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

const notALock = (path: string, cause: unknown): QuorateError =>
  new QuorateError('QRT_STORAGE_CORRUPT', `The stored data is damaged: ${path}: not a lock file`, {
    details: { file: path },
    suggestions: [`Remove ${path} and start again; it holds no data.`],
    cause
  })

const refusal = (directory: string, path: string, error: unknown): unknown => {
  if (isBusy(error)) return alreadyRunning(directory, readPid(join(directory, PID_FILE)), error)
  return isDamage(error) ? notALock(path, error) : translate(path, error)
}

/** Runs one step of taking the lock; its errors become what the user reads. */
const attempt = <T>(directory: string, step: () => T): T => {
  try {
    return step()
  } catch (error) {
    throw refusal(directory, join(directory, LOCK_FILE), error)
  }
}

const prepareDirectory = (directory: string): void => {
  ensureDirectory(directory)
  ensureFile(join(directory, LOCK_FILE))
}

const writePid = (directory: string, database: DatabaseSync): void => {
  try {
    writeFileSync(join(directory, PID_FILE), `${process.pid}\n`, { mode: FILE_MODE })
  } catch (error) {
    database.close()
    throw error
  }
}

/**
 * Takes a home for this process alone.
 *
 * The lock is the kernel's, on `daemon.lock` (an empty SQLite database in an exclusive transaction), so it ends with the
 * process whatever the process dies of. `daemon.pid` is only there to be named in the message of who comes second.
 * Errors: QRT_ALREADY_RUNNING; QRT_STORAGE_FAILED when the directory cannot be written.
 */
export const lockHome = (directory: string): HomeLock => {
  attempt(directory, () => prepareDirectory(directory))
  const database = attempt(directory, () => acquire(join(directory, LOCK_FILE)))
  attempt(directory, () => writePid(directory, database))
  held.add(database)
  const release = (): void => {
    if (!held.delete(database)) return
    rmSync(join(directory, PID_FILE), { force: true })
    database.close()
  }
  return { directory, release }
}
