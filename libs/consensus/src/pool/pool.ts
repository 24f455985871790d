import type {
  Digest,
  Effect,
  Envelope,
  StoreOp,
  StoreReader,
  Submission,
  SubmitRequest,
  Signing,
  TimeMs
} from '@quorate/contracts'
import {
  LIMITS,
  SUBMISSION_KIND,
  decodeCbor,
  decodeSubmission,
  encodeCbor,
  encodeSubmission,
  invariant
} from '@quorate/core'

/** A submission that waits to be ordered. */
export interface Pending {
  readonly submission: Submission
  /** Local time since when it waits: since it came, or since it was last found to be too early. */
  readonly since: TimeMs
  readonly own: boolean
  /** Local time at which this node last sent it on; own submissions only. */
  lastSent: TimeMs
  /** In a batch that is proposed but not executed. */
  inFlight: boolean
}

export const POOL_BYTES_MAX = 64 * 1024 * 1024
/** What one author may have waiting, so that a flood leaves room for the others. */
export const POOL_BYTES_PER_AUTHOR_MAX = POOL_BYTES_MAX / 4
export const POOL_PER_AUTHOR_MAX = 4_096

/** Counters that a restart may skip, in exchange for one write to the disk in so many submissions. */
const COUNTERS_RESERVED = 64

const OWN = 'pool/own'
const META = 'pool/meta'
const key = (counter: number): string => counter.toString().padStart(16, '0')

export interface Submitted {
  readonly submission: Submission
  readonly effects: Effect[]
}

/**
 * Submissions that wait to be ordered, in the order of their arrival. Own ones are
 * written down (lazily: they promise nothing before they are ordered) and sent again after a restart. Bounds: bytes and count, in all and per author; what does not fit is refused.
 */
export interface Pool {
  /** Signs own entries; the effects persist them. Refused with a code when they are too large or the pool is full. */
  submit(request: SubmitRequest, now: TimeMs): Submitted | { readonly code: string }
  /** Takes in somebody's submission. False when it is known or does not fit. */
  add(submission: Submission, now: TimeMs): boolean
  has(digest: Digest): boolean
  /** Oldest first. Not to be changed while it is gone through: `snapshot` is for that. */
  pending(): IterableIterator<Pending>
  snapshot(): Pending[]
  /** Not valid yet: it waits anew from now on, behind the others, so that the order is that of `since`. */
  defer(digest: Digest, now: TimeMs): void
  setInFlight(digest: Digest, inFlight: boolean): void
  clearInFlight(): void
  /** Forgets it; for an own one the effects clear the disk and name the token's outcome. */
  executed(submission: Submission, sequence: number): Effect[]
  refused(submission: Submission, code: string): Effect[]
  readonly size: number
  readonly bytes: number
}

export const createPool = (store: StoreReader, signing: Signing): Pool => {
  const waiting = new Map<Digest, Pending>()
  const tokens = new Map<Digest, string>()
  const loads = new Map<string, { bytes: number; count: number }>()
  let bytes = 0
  let counter = loadCounter(store)
  let reserved = counter

  const fits = ({ author, frame }: Submission): boolean => {
    const load = loads.get(author) ?? { bytes: 0, count: 0 }
    const bytesFit =
      bytes + frame.length <= POOL_BYTES_MAX && load.bytes + frame.length <= POOL_BYTES_PER_AUTHOR_MAX
    return bytesFit && load.count < POOL_PER_AUTHOR_MAX
  }

  const account = ({ author, frame }: Submission, sign: 1 | -1): void => {
    const load = loads.get(author) ?? { bytes: 0, count: 0 }
    load.bytes += sign * frame.length
    load.count += sign
    bytes += sign * frame.length
    if (load.count === 0) loads.delete(author)
    else loads.set(author, load)
  }

  const put = (submission: Submission, since: TimeMs): void => {
    const own = submission.author === signing.self
    waiting.set(submission.digest, { submission, since, own, lastSent: 0, inFlight: false })
    account(submission, 1)
  }

  for (const row of store.range(OWN)) put(reopen(signing, row.value), 0)

  const forget = (submission: Submission): boolean => {
    const entry = waiting.get(submission.digest)
    if (!entry) return false
    waiting.delete(submission.digest)
    account(submission, -1)
    return entry.own
  }

  /** Clears an own submission from the disk and tells the outcome to whoever gave the token. */
  const settle = (
    submission: Submission,
    outcome: { readonly verb: string; readonly data: object }
  ): Effect[] => {
    if (!forget(submission)) return []
    const ops: StoreOp[] = [{ type: 'delete', space: OWN, key: key(submission.counter) }]
    const effects: Effect[] = [{ type: 'persist', ops, lazy: true }]
    const token = tokens.get(submission.digest)
    tokens.delete(submission.digest)
    return token === undefined ? effects : [...effects, ...tellOutcome(token, outcome)]
  }

  /** Counters are reserved in blocks, on disk before the first of a block is used: none is ever used twice. */
  const reserve = (): Effect[] => {
    if (counter <= reserved) return []
    reserved = counter + COUNTERS_RESERVED
    const ops: StoreOp[] = [{ type: 'put', space: META, key: 'counter', value: encodeCbor([reserved]) }]
    return [{ type: 'persist', ops }]
  }

  return {
    submit: (request, at) => {
      const envelope = signing.sign(SUBMISSION_KIND, encodeSubmission(counter + 1, request.drafts))
      const submission = submissionOf(envelope)
      if (submission.frame.length > LIMITS.submissionFrameBytesMax) return { code: 'submission-too-large' }
      if (!fits(submission)) return { code: 'pool-full' }
      counter += 1
      put(submission, at)
      tokens.set(submission.digest, request.token)
      const ops: StoreOp[] = [{ type: 'put', space: OWN, key: key(counter), value: submission.frame }]
      return { submission, effects: [...reserve(), { type: 'persist', ops, lazy: true }] }
    },
    add: (submission, at) => {
      if (waiting.has(submission.digest) || !fits(submission)) return false
      put(submission, at)
      return true
    },
    has: digest => waiting.has(digest),
    pending: () => waiting.values(),
    snapshot: () => [...waiting.values()],
    defer: (digest, at) => {
      const entry = waiting.get(digest)
      if (!entry) return
      waiting.delete(digest)
      waiting.set(digest, { ...entry, since: at })
    },
    setInFlight: (digest, inFlight) => {
      const entry = waiting.get(digest)
      if (entry) entry.inFlight = inFlight
    },
    clearInFlight: () => {
      for (const entry of waiting.values()) entry.inFlight = false
    },
    executed: (submission, sequence) =>
      settle(submission, {
        verb: 'executed',
        data: { sequence, digests: submission.entries.map(entry => entry.digest) }
      }),
    refused: (submission, code) => settle(submission, { verb: 'refused', data: { code } }),
    get size() {
      return waiting.size
    },
    get bytes() {
      return bytes
    }
  }
}

/** The outcome of a submission, for the API (an event) and for the machine that the token names (a command). */
export const tellOutcome = (
  token: string,
  outcome: { readonly verb: string; readonly data: object }
): Effect[] => {
  const data = { token, ...outcome.data }
  return [
    { type: 'notify', event: { type: `submission-${outcome.verb}`, durable: false, data } },
    { type: 'route', command: { name: `submission.${outcome.verb}`, payload: data } }
  ]
}

const loadCounter = (store: StoreReader): number => {
  const bytes = store.get(META, 'counter')
  return bytes ? (decodeCbor(bytes) as [number])[0] : 0
}

const submissionOf = (envelope: Envelope): Submission => {
  const submission = decodeSubmission(envelope)
  invariant(submission, 'an own submission is not readable')
  return submission
}

const reopen = (signing: Signing, frame: Uint8Array): Submission => {
  const opened = signing.open(frame)
  invariant(opened.ok, 'a stored own submission does not open')
  return submissionOf(opened.envelope)
}
