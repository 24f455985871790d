import { closeSync, openSync, readSync } from 'node:fs'
import { fileSize } from './home-files.ts'
import {
  equalSums,
  parseFrame,
  parseHeader,
  WAL_FRAME_HEADER_BYTES,
  WAL_HEADER_BYTES,
  type Sum,
  type WalFrame,
  type WalHeader
} from './wal-format.ts'

/** What a write-ahead log holds, told without SQLite. */
export interface WalReport {
  /** Whole commits before the first bad frame: what SQLite will replay. */
  readonly commits: number
  /** Frames of this log after the last whole commit: a transaction that a crash cut short. */
  readonly tornFrames: number
  /** What is wrong; undefined when SQLite's own recovery can be trusted. */
  readonly damage?: string
}

interface Tally {
  sum: Sum
  intact: boolean
  commits: number
  tornFrames: number
  commitsAfterDamage: number
}

const readAt = (descriptor: number, at: number, length: number): DataView => {
  const bytes = new Uint8Array(length)
  readSync(descriptor, bytes, 0, length, at)
  return new DataView(bytes.buffer)
}

const countIntact = (tally: Tally, frame: WalFrame): void => {
  tally.sum = frame.sum
  tally.tornFrames = frame.isCommit ? 0 : tally.tornFrames + 1
  if (frame.isCommit) tally.commits++
}

const countDamaged = (tally: Tally, frame: WalFrame): void => {
  tally.tornFrames++
  if (frame.isCommit) tally.commitsAfterDamage++
}

/** Frames with other salts are left over from an earlier log, which has been checkpointed. */
const count = (tally: Tally, header: WalHeader, frame: WalFrame): void => {
  const ofThisLog = equalSums(frame.salts, header.salts)
  tally.intact &&= ofThisLog && equalSums(frame.sumAfter(tally.sum), frame.sum)
  if (tally.intact) countIntact(tally, frame)
  else if (ofThisLog) countDamaged(tally, frame)
}

const tallyFrames = (descriptor: number, size: number, header: WalHeader): Tally => {
  const tally = { sum: header.sum, intact: true, commits: 0, tornFrames: 0, commitsAfterDamage: 0 }
  const frameBytes = WAL_FRAME_HEADER_BYTES + header.pageBytes
  for (let at = WAL_HEADER_BYTES; at + frameBytes <= size; at += frameBytes)
    count(tally, header, parseFrame(readAt(descriptor, at, frameBytes), header.littleEndian))
  return tally
}

const report = ({ commits, tornFrames, commitsAfterDamage }: Tally): WalReport => {
  if (commitsAfterDamage < 2) return { commits, tornFrames }
  return { commits, tornFrames, damage: `${commitsAfterDamage} commits follow a damaged frame` }
}

const scan = (descriptor: number, size: number, pageBytes: number): WalReport => {
  const header = parseHeader(readAt(descriptor, 0, WAL_HEADER_BYTES))
  if (header !== undefined) return report(tallyFrames(descriptor, size, header))
  const holdsFrames = size >= WAL_HEADER_BYTES + WAL_FRAME_HEADER_BYTES + pageBytes
  return { commits: 0, tornFrames: 0, ...(holdsFrames && { damage: 'its header is damaged' }) }
}

/**
 * Tells a torn tail of the log from damage in its middle, before SQLite opens it.
 *
 * SQLite replays frames up to the first one whose checksum fails and silently drops the rest. That is right after a
 * crash, where only the last, unacknowledged transaction can be incomplete, and wrong when an old frame has rotted. As
 * each commit is synced before the next one starts, at most one can be incomplete: two commits after a bad frame prove
 * damage. The header is synced before the first frame, so a bad header in front of frames proves it too. (Damage to the
 * very last commit looks like a torn one here; the commit mark tells them apart.)
 *
 * Bounds: one frame in memory; about 3 ms per MB. Errors: those of node:fs.
 */
export const scanWal = (path: string, pageBytes: number): WalReport => {
  const size = fileSize(path) ?? 0
  if (size < WAL_HEADER_BYTES) return { commits: 0, tornFrames: 0 }
  const descriptor = openSync(path, 'r')
  try {
    return scan(descriptor, size, pageBytes)
  } finally {
    closeSync(descriptor)
  }
}
