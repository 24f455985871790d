import type { Digest, Envelope, Verified } from '@quorate/contracts'

export interface CacheBounds {
  readonly entriesMax: number
  /** Of the frames in it; decoded forms take about as much again. */
  readonly bytesMax: number
}

/** Envelopes by the digest of their frame, oldest forgotten first, bounded by count and by bytes. */
export interface EnvelopeCache {
  get(frameDigest: Digest): Verified<Envelope> | undefined
  set(frameDigest: Digest, envelope: Verified<Envelope>): void
}

/** A frame larger than this share of the cache is not kept: it would push out all the small ones. */
const FRAME_SHARE_MAX = 8

export const createEnvelopeCache = (bounds: CacheBounds): EnvelopeCache => {
  const kept = new Map<Digest, Verified<Envelope>>()
  let bytes = 0
  const forget = (frameDigest: Digest): void => {
    bytes -= kept.get(frameDigest)?.frame.length ?? 0
    kept.delete(frameDigest)
  }
  return {
    get: frameDigest => kept.get(frameDigest),
    set(frameDigest, envelope) {
      if (envelope.frame.length > bounds.bytesMax / FRAME_SHARE_MAX) return
      forget(frameDigest)
      kept.set(frameDigest, envelope)
      bytes += envelope.frame.length
      for (const oldest of kept.keys()) {
        if (kept.size <= bounds.entriesMax && bytes <= bounds.bytesMax) return
        forget(oldest)
      }
    }
  }
}
