/**
 * Every operational error has a stable code, an exit code for the command line and an HTTP status for the API.
 * `docs/reference/errors.md` lists the same table; a test holds them equal.
 */
export const ERRORS = {
  QRT_USAGE: { exit: 2, http: 400, meaning: 'The command or the request is not well formed.' },
  QRT_TOO_LARGE: { exit: 2, http: 413, meaning: 'A value is larger than the documented limit.' },
  QRT_NOT_FOUND: {
    exit: 1,
    http: 404,
    meaning: 'No such proposal, auction, agent, member, entry or receipt.'
  },
  QRT_AMBIGUOUS: { exit: 2, http: 400, meaning: 'A name or prefix matches more than one member.' },
  QRT_NO_GROUP: { exit: 1, http: 409, meaning: 'The home holds no group yet.' },
  QRT_GROUP_EXISTS: { exit: 1, http: 409, meaning: 'The home already has a group.' },
  QRT_WRONG_GROUP: { exit: 1, http: 409, meaning: 'The object belongs to another group.' },
  QRT_FAULT_TOLERANCE: {
    exit: 2,
    http: 400,
    meaning: 'The number of voters cannot carry the fault tolerance asked for.'
  },
  QRT_ALREADY_RUNNING: { exit: 1, http: 409, meaning: 'A daemon already runs on this home.' },
  QRT_PORT_IN_USE: { exit: 1, http: 409, meaning: 'The address to listen on is taken.' },
  QRT_UNREACHABLE: { exit: 3, http: 503, meaning: 'No daemon answers at the API address.' },
  QRT_STARTING: { exit: 3, http: 503, meaning: 'The daemon is starting or stopping.' },
  QRT_NOT_ALLOWED: { exit: 4, http: 403, meaning: 'The caller has no right to do this.' },
  QRT_UNAUTHENTICATED: { exit: 4, http: 401, meaning: 'The token is missing or wrong.' },
  QRT_NO_QUORUM: { exit: 5, http: 503, meaning: 'Fewer voters are reachable than the quorum needs.' },
  QRT_REJECTED: { exit: 6, http: 200, meaning: 'The group decided against it.' },
  QRT_NO_AWARD: { exit: 6, http: 200, meaning: 'The auction ended without an award.' },
  QRT_RECEIPT_INVALID: { exit: 6, http: 200, meaning: 'The receipt does not prove what it says.' },
  QRT_UNDECIDED: { exit: 7, http: 200, meaning: 'The time was up before the group decided.' },
  QRT_EXPIRED: { exit: 2, http: 400, meaning: 'The deadline has passed already.' },
  QRT_CONFLICT: { exit: 1, http: 409, meaning: 'It contradicts what was recorded before.' },
  QRT_REFUSED: { exit: 1, http: 422, meaning: 'The ledger refuses the entry; the reason names the rule.' },
  QRT_OVERLOADED: { exit: 1, http: 429, meaning: 'A bounded queue is full; try again later.' },
  QRT_CONFIG: { exit: 1, http: 500, meaning: 'The configuration file is not valid.' },
  QRT_PLUGIN: { exit: 1, http: 500, meaning: 'A plugin is duplicate, missing, incompatible or failed.' },
  QRT_STORAGE_CORRUPT: {
    exit: 1,
    http: 500,
    meaning: 'The stored data is damaged; the daemon refuses to run on it.'
  },
  QRT_STORAGE_FAILED: {
    exit: 1,
    http: 500,
    meaning: 'The disk refused a write (full or failing); the daemon stops.'
  },
  QRT_STORAGE_VERSION: { exit: 1, http: 500, meaning: 'The stored data was written by a newer version.' },
  QRT_NODE_VERSION: { exit: 1, http: 500, meaning: 'This Node.js is too old.' },
  QRT_INTERNAL: { exit: 1, http: 500, meaning: 'A bug in Quorate. Please report it.' },
  QRT_INTERRUPTED: { exit: 130, http: 499, meaning: 'Interrupted by the user.' }
} as const

export type ErrorCode = keyof typeof ERRORS

export interface QuorateErrorInit {
  readonly details?: { readonly [key: string]: unknown }
  readonly suggestions?: readonly string[]
  readonly cause?: unknown
}

/** An operational error: something outside the program's control, with what to do about it. */
export class QuorateError extends Error {
  override readonly name = 'QuorateError'
  readonly code: ErrorCode
  readonly details: { readonly [key: string]: unknown }
  /** What the user can do next, each one sentence or command. */
  readonly suggestions: readonly string[]

  constructor(code: ErrorCode, message: string, init: QuorateErrorInit = {}) {
    super(message, init.cause === undefined ? undefined : { cause: init.cause })
    this.code = code
    this.details = init.details ?? {}
    this.suggestions = init.suggestions ?? []
  }
}

/** A bug of ours. Stops the process; no remote input may reach one. */
export class InvariantError extends Error {
  override readonly name = 'InvariantError'
}
