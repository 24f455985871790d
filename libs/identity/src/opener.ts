import { verify, type KeyObject } from 'node:crypto'
import {
  reject,
  type Digest,
  type Envelope,
  type GroupId,
  type Opened,
  type PeerId,
  type Verified
} from '@quorate/contracts'
import { BoundedMap, decodeContent, decodeFrame, sha256, signatureInput } from '@quorate/core'
import { createEnvelopeCache, type EnvelopeCache } from './envelope-cache.ts'
import { verifyingKey } from './key.ts'
import { publicKeyOf } from './peer-id.ts'

export interface OpenerInit {
  readonly groupId: GroupId
  /** Verified envelopes that are remembered. Default 8192. */
  readonly cacheEntriesMax?: number
  /** Bytes of frames that are remembered. Default 32 MiB. */
  readonly cacheBytesMax?: number
}

/** Opens frames without being able to sign: what a verifier needs. */
export interface Opener {
  open(frame: Uint8Array): Opened
  /** Remembers an envelope that is known to be good, as one's own are. */
  remember(envelope: Verified<Envelope>): void
}

const CACHE_ENTRIES = 8192
const CACHE_BYTES = 32 * 1024 * 1024
/** Refusals are kept apart, so that a flood of garbage cannot push out what is good. */
const REFUSED_ENTRIES = 1024
const KEYS = 2048

interface Memory {
  readonly groupId: GroupId
  readonly good: EnvelopeCache
  readonly refused: BoundedMap<Digest, string>
  readonly keys: BoundedMap<PeerId, KeyObject>
}

/**
 * Makes the one boundary through which frames of a group come in. Every check is a rule of docs/protocol/signing.md.
 * Bounds: the caches' counts and bytes. Errors: none thrown; `frame-malformed`, `author-malformed` and
 * `signature-invalid` are the reject codes. A frame signed for another group is `signature-invalid`.
 */
export const createOpener = (init: OpenerInit): Opener => {
  const memory: Memory = {
    groupId: init.groupId,
    good: createEnvelopeCache({
      entriesMax: init.cacheEntriesMax ?? CACHE_ENTRIES,
      bytesMax: init.cacheBytesMax ?? CACHE_BYTES
    }),
    refused: new BoundedMap(REFUSED_ENTRIES),
    keys: new BoundedMap(KEYS)
  }
  return {
    open: frame => open(memory, frame),
    remember: envelope => memory.good.set(sha256(envelope.frame), envelope)
  }
}

const open = (memory: Memory, frame: Uint8Array): Opened => {
  const frameDigest = sha256(frame)
  const known = memory.good.get(frameDigest)
  if (known) return { ok: true, envelope: known }
  const code = memory.refused.get(frameDigest)
  if (code !== undefined) return refusal(code)
  const result = openAfresh(memory, frame)
  if (typeof result === 'string') {
    memory.refused.set(frameDigest, result)
    return refusal(result)
  }
  memory.good.set(frameDigest, result)
  return { ok: true, envelope: result }
}

const refusal = (code: string): Opened => ({ ok: false, verdict: reject(code) })

/** The envelope, or the code of the rule that the frame breaks. */
const openAfresh = (memory: Memory, bytes: Uint8Array): Verified<Envelope> | string => {
  const frame = decodeFrame(bytes)
  const content = frame && decodeContent(frame.signedBytes)
  if (!frame || !content) return 'frame-malformed'
  const key = keyOf(memory, content.author)
  if (!key) return 'author-malformed'
  const digest = sha256(frame.signedBytes)
  const input = signatureInput(content.kind, memory.groupId, digest)
  if (!verify(null, input, key, frame.signature)) return 'signature-invalid'
  // A copy, so that the envelope neither changes with the caller's buffer nor keeps a larger one alive.
  return { ...content, digest, frame: new Uint8Array(bytes) } as Verified<Envelope>
}

const keyOf = (memory: Memory, author: PeerId): KeyObject | undefined => {
  const known = memory.keys.get(author)
  if (known) return known
  const raw = publicKeyOf(author)
  if (!raw) return undefined
  const key = verifyingKey(raw)
  memory.keys.set(author, key)
  return key
}
