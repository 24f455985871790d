import { readFileSync } from 'node:fs'
import { homePaths } from './layout.ts'
import { writeFileAtomically } from './write-file.ts'

/** What a daemon says of itself in `HOME/daemon.json`, for those who start it and for its own next start. */
export interface DaemonRecord {
  /** Null when it has stopped; a daemon that was killed leaves its number here. */
  readonly pid: number | null
  readonly peerId: string
  /** Where other members reach it, as multiaddrs. */
  readonly addresses: readonly string[]
  /** What it listened on: the ports that the next start takes again while they are free. */
  readonly listen: readonly string[]
  /** Path of the control API's socket. */
  readonly api: string
  /** Of the control API on TCP, when it is served. */
  readonly http: string | null
}

/** Undefined when there is none, or none that can be read: nothing depends on it but convenience. */
export const readDaemonRecord = (home: string): DaemonRecord | undefined => {
  try {
    return JSON.parse(readFileSync(homePaths(home).daemon, 'utf8')) as DaemonRecord
  } catch {
    return undefined
  }
}

export const writeDaemonRecord = (home: string, record: DaemonRecord): void =>
  writeFileAtomically(homePaths(home).daemon, `${JSON.stringify(record, null, 2)}\n`)
