import { InvariantError, QuorateError } from '@quorate/contracts'

/** The extended result code that node:sqlite puts on its errors. */
interface SqliteError extends Error {
  readonly errcode: number
}

/** Primary result codes of SQLite, https://sqlite.org/rescode.html. */
const SQLITE = {
  ERROR: 1,
  BUSY: 5,
  LOCKED: 6,
  CORRUPT: 11,
  SCHEMA: 17,
  TOOBIG: 18,
  CONSTRAINT: 19,
  FORMAT: 24,
  NOTADB: 26
} as const
/** All our SQL is fixed and tested: when SQLite calls it wrong, the file is not what it was. */
const DAMAGE_RESULTS: readonly number[] = [
  SQLITE.ERROR,
  SQLITE.CORRUPT,
  SQLITE.SCHEMA,
  SQLITE.CONSTRAINT,
  SQLITE.FORMAT,
  SQLITE.NOTADB
]
/** Extended codes of SQLITE_IOERR that tell of damage, not of failure: SHORT_READ, DATA, CORRUPTFS. */
const DAMAGE_READS: readonly number[] = [522, 8202, 8458]

const NEXT_STEPS = [
  'Put back a copy of the whole home that was made when this daemon was last stopped, if there is one.',
  'Otherwise move the home away: this member cannot vote any more. The others go on while they are a quorum.',
  'Never put back an older copy of a voter: it has forgotten what it signed since, and could contradict itself.'
]

export const isSqliteError = (error: unknown): error is SqliteError =>
  error instanceof Error && 'errcode' in error && typeof error.errcode === 'number'

const primaryCode = (error: SqliteError): number => error.errcode & 0xff

/** True when another process or connection holds the file. */
export const isBusy = (error: unknown): boolean =>
  isSqliteError(error) && (primaryCode(error) === SQLITE.BUSY || primaryCode(error) === SQLITE.LOCKED)

/** True when SQLite says that the bytes of a file make no sense. */
export const isDamage = (error: unknown): boolean =>
  isSqliteError(error) &&
  (DAMAGE_RESULTS.includes(primaryCode(error)) || DAMAGE_READS.includes(error.errcode))

/** QRT_STORAGE_CORRUPT: names the file, what is wrong and what to do next. */
export const corrupt = (file: string, problem: string, cause?: unknown): QuorateError =>
  new QuorateError('QRT_STORAGE_CORRUPT', `The stored data is damaged: ${file}: ${problem}`, {
    details: { file, problem },
    suggestions: NEXT_STEPS,
    cause
  })

/** QRT_STORAGE_FAILED: the medium refused; what was acknowledged before is still there. */
export const failed = (file: string, cause: unknown): QuorateError => {
  const problem = cause instanceof Error ? cause.message : String(cause)
  return new QuorateError('QRT_STORAGE_FAILED', `The disk refused ${file}: ${problem}`, {
    details: { file, problem },
    suggestions: [
      'Check free space, quota and health of the disk that holds the home.',
      'Then start the daemon again: everything that it acknowledged is kept.'
    ],
    cause
  })
}

/** QRT_ALREADY_RUNNING. `pid` is unknown when the holder has not written it yet or runs on another machine. */
export const alreadyRunning = (directory: string, pid: number | undefined, cause?: unknown): QuorateError => {
  const holder = pid === undefined ? 'another process' : `process ${pid}`
  const stop = pid === undefined ? 'Stop that daemon first.' : `Stop that daemon first: kill ${pid}`
  return new QuorateError('QRT_ALREADY_RUNNING', `The home ${directory} is in use by ${holder}.`, {
    details: pid === undefined ? { directory } : { directory, pid },
    suggestions: [stop, 'Or choose another home with --home.'],
    cause
  })
}

const tooLarge = (file: string, cause: unknown): QuorateError =>
  new QuorateError('QRT_TOO_LARGE', `A key or value is larger than ${file} can hold.`, { cause })

const fromSqlite = (file: string, error: SqliteError): QuorateError => {
  if (isDamage(error)) return corrupt(file, error.message, error)
  return primaryCode(error) === SQLITE.TOOBIG ? tooLarge(file, error) : failed(file, error)
}

const isSystemError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'code' in error && 'errno' in error

/**
 * What a caller of the store gets to see: a QuorateError for what the medium did, the error itself for a bug of ours
 * (a value of the wrong type, say).
 */
export const translate = (file: string, error: unknown): unknown => {
  if (error instanceof QuorateError || error instanceof InvariantError) return error
  if (isSqliteError(error)) return fromSqlite(file, error)
  return isSystemError(error) ? failed(file, error) : error
}

/** True for the errors after which the store must not be used any more. */
export const isFatal = (error: unknown): error is QuorateError =>
  error instanceof QuorateError &&
  (error.code === 'QRT_STORAGE_FAILED' || error.code === 'QRT_STORAGE_CORRUPT')
