import type { FrameHandler, PeerId, Verdict } from '@quorate/contracts'
import { ignore } from '@quorate/contracts'
import { sha256 } from '@quorate/core'
import type { Counters } from './counters.ts'
import type { Seen } from './seen.ts'
import type { StreamMessage } from './stream-message.ts'

/** Asks the node for its verdict on frames, once for all the paths that one arrives over. */
export interface Judge {
  /** True when the frame was new and accepted: it may be handed on. */
  fromStream(message: StreamMessage, from: PeerId): boolean
  fromGossip(frame: Uint8Array, from: PeerId): Verdict
}

export interface JudgeInit {
  readonly seen: Seen
  readonly counters: Counters
  readonly onFrame: FrameHandler
  /** Whoever delivers what is rejected is charged, also when it was rejected before. */
  readonly charge: (peer: PeerId, code: string) => void
}

export const createJudge = ({ seen, counters, onFrame, charge }: JudgeInit): Judge => {
  const settle = (verdict: Verdict, from: PeerId): Verdict => {
    if (verdict.outcome === 'reject') charge(from, verdict.code)
    return verdict
  }
  return {
    fromStream({ addressed, frame }, from) {
      const digest = sha256(frame)
      const standing = addressed ? undefined : seen.standing(digest, from)
      if (standing !== undefined) {
        counters.count('frames-duplicate')
        settle(standing, from)
        return false
      }
      const verdict = handOver(onFrame, frame, from)
      seen.record(digest, verdict, from)
      return settle(verdict, from).outcome === 'accept'
    },
    fromGossip(frame, from) {
      const digest = sha256(frame)
      const last = seen.last(digest)
      if (last !== undefined) counters.count('frames-duplicate')
      const verdict = last ?? handOver(onFrame, frame, from)
      if (last === undefined) seen.record(digest, verdict)
      return settle(verdict, from)
    }
  }
}

/** The handler never throws on what a peer sends; if it does, that is our bug and stops the process, not the stream. */
const handOver = (onFrame: FrameHandler, frame: Uint8Array, from: PeerId): Verdict => {
  try {
    return onFrame(frame, from)
  } catch (error) {
    queueMicrotask(() => {
      throw error
    })
    return ignore('internal')
  }
}
