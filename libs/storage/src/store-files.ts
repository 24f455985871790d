import { join, resolve } from 'node:path'
import { ensureDirectory, ensureFile, fileSize } from './home-files.ts'
import { openCommitMark, type CommitMark } from './commit-mark.ts'
import { PAGE_BYTES } from './connection.ts'
import { corrupt } from './storage-errors.ts'
import type { StorageLog } from './storage-log.ts'
import { scanWal } from './wal-scan.ts'

/** The files of one store, by path. */
export interface StoreFiles {
  readonly directory: string
  readonly database: string
  readonly log: string
  readonly mark: string
}

export const storeFiles = (directory: string): StoreFiles => {
  const absolute = resolve(directory)
  const database = join(absolute, 'store.db')
  return { directory: absolute, database, log: `${database}-wal`, mark: join(absolute, 'store.mark') }
}

/** Refuses a store that holds fewer commits than were acknowledged. Errors: QRT_STORAGE_CORRUPT. */
export const assertNotBehind = (files: StoreFiles, count: number, mark: CommitMark): void => {
  if (mark.last === undefined || count >= mark.last) return
  const problem = `it ends at commit ${count}, but commit ${mark.last} was acknowledged (an older copy, or lost writes)`
  throw corrupt(files.database, problem)
}

/** SQLite would take a log without its database for rubbish and delete it. */
const assertNotWiped = (files: StoreFiles, mark: CommitMark): void => {
  if ((fileSize(files.database) ?? 0) > 0) return
  assertNotBehind(files, 0, mark)
  if ((fileSize(files.log) ?? 0) > 0)
    throw corrupt(files.database, 'it is missing or empty, but its log is not')
}

const assertLogSound = (files: StoreFiles, onLog: StorageLog): void => {
  const { damage, commits, tornFrames } = scanWal(files.log, PAGE_BYTES)
  if (damage !== undefined) throw corrupt(files.log, damage)
  if (tornFrames > 0)
    onLog({ level: 'info', message: 'dropped a torn transaction', details: { commits, tornFrames } })
}

export interface Preparation {
  readonly onLog: StorageLog
  readonly markEveryMs: number
}

/** Makes what is missing and checks what SQLite would not, before SQLite touches anything. Errors: as `openStore`. */
export const prepareFiles = (files: StoreFiles, { onLog, markEveryMs }: Preparation): CommitMark => {
  ensureDirectory(files.directory)
  const mark = openCommitMark(files.mark, markEveryMs)
  try {
    assertNotWiped(files, mark)
    assertLogSound(files, onLog)
    ensureFile(files.database)
    return mark
  } catch (error) {
    mark.close()
    throw error
  }
}
