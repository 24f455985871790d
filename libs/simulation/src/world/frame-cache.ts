import type { Opened } from '@quorate/contracts'

/** Frames up to this size are also known by their bytes: votes and ballots, which travel inside other frames. */
const SMALL = 1_024
/** What is remembered by bytes; a run that says more opens again. */
const REMEMBERED_MAX = 50_000

/**
 * What frames opened as, for all nodes of a run. A frame that travels is the same object everywhere; one that was cut out
 * of another frame is a copy, and is found by its bytes.
 */
export interface FrameCache {
  readonly get: (frame: Uint8Array) => Opened | undefined
  readonly set: (frame: Uint8Array, opened: Opened) => Opened
}

export const createFrameCache = (): FrameCache => {
  const byObject = new WeakMap<Uint8Array, Opened>()
  const byBytes = new Map<string, Opened>()

  const set = (frame: Uint8Array, opened: Opened): Opened => {
    byObject.set(frame, opened)
    if (frame.length <= SMALL && byBytes.size < REMEMBERED_MAX) byBytes.set(textOf(frame), opened)
    return opened
  }

  return {
    get: frame => {
      const known = byObject.get(frame)
      if (known || frame.length > SMALL) return known
      const same = byBytes.get(textOf(frame))
      if (same) byObject.set(frame, same)
      return same
    },
    set
  }
}

/** The bytes as text, one character each: a key that is exactly the bytes. */
const textOf = (frame: Uint8Array): string =>
  Buffer.from(frame.buffer, frame.byteOffset, frame.length).toString('latin1')
