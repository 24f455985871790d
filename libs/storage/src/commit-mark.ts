import { closeSync, constants, fsyncSync, openSync, readSync, writeSync } from 'node:fs'
import { crc32 } from 'node:zlib'
import { FILE_MODE } from './home-files.ts'

/**
 * The number of the last commit that was acknowledged, kept beside the store.
 *
 * SQLite cannot tell a torn write at the end of its log from damage to commits that were on disk already: it drops both
 * silently, and a voter that forgets what it signed can contradict itself. So the number of the last commit is also
 * written here, into the page cache: it is never ahead of the store (the commit was synced first), is exact after `close`,
 * lags after the death of the process by at most `everyMs`, and after a power cut by at most the time since the last
 * checkpoint, which syncs it. A store behind its mark has lost acknowledged commits.
 *
 * It is not written after each commit: while the file system commits its journal, which under load it does all the time,
 * even a write to the page cache waits, and took a seventh of the node's time.
 */
export interface CommitMark {
  /** undefined when the file is new or its bytes make no sense: then nothing is known. */
  readonly last: number | undefined
  /** Remembers that commit `count` has been acknowledged (a safe integer); on file within `everyMs`. */
  write(count: number): void
  /** Puts the mark on stable storage. */
  sync(): void
  close(): void
}

/** How often the file is written at the most, and so how far it may lag behind the last commit. */
export const MARK_EVERY_MS = 20
const MAGIC = 0x51524d4b // "QRMK"
const MARK_BYTES = 16

const encodeMark = (buffer: Buffer, count: number): Buffer => {
  buffer.writeUInt32BE(MAGIC, 0)
  buffer.writeBigUInt64BE(BigInt(count), 4)
  buffer.writeUInt32BE(crc32(buffer.subarray(0, 12)), 12)
  return buffer
}

const decodeMark = (buffer: Buffer): number | undefined => {
  if (buffer.readUInt32BE(0) !== MAGIC || buffer.readUInt32BE(12) !== crc32(buffer.subarray(0, 12)))
    return undefined
  const count = Number(buffer.readBigUInt64BE(4))
  return Number.isSafeInteger(count) ? count : undefined
}

const readMark = (descriptor: number): number | undefined => {
  const buffer = Buffer.alloc(MARK_BYTES)
  const length = readSync(descriptor, buffer, 0, MARK_BYTES, 0)
  return length === MARK_BYTES ? decodeMark(buffer) : undefined
}

/** Opens or makes the mark file, mode 0600. Errors: those of node:fs. */
export const openCommitMark = (path: string, everyMs: number = MARK_EVERY_MS): CommitMark => {
  const descriptor = openSync(path, constants.O_RDWR | constants.O_CREAT, FILE_MODE)
  const buffer = Buffer.alloc(MARK_BYTES)
  let latest: number | undefined
  let timer: NodeJS.Timeout | undefined
  let writtenAt = Number.NEGATIVE_INFINITY

  const flush = (): void => {
    clearTimeout(timer)
    timer = undefined
    if (latest !== undefined) writeSync(descriptor, encodeMark(buffer, latest), 0, MARK_BYTES, 0)
    latest = undefined
    writtenAt = performance.now()
  }

  return {
    last: readMark(descriptor),
    write: count => {
      latest = count
      if (performance.now() - writtenAt >= everyMs) flush()
      else timer ??= setTimeout(flush, everyMs).unref()
    },
    sync: () => {
      flush()
      fsyncSync(descriptor)
    },
    close: () => {
      flush()
      closeSync(descriptor)
    }
  }
}
