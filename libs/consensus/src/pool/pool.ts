import type {
  Digest,
  Effect,
  Envelope,
  Signing,
  StoreReader,
  Submission,
  SubmitRequest,
  TimeMs
} from '@quorate/contracts'
import { LIMITS, SUBMISSION_KIND, decodeSubmission, encodeSubmission, invariant } from '@quorate/core'
import { createCounters, dropOwn, loadOwn, saveOwn } from './own-records.ts'
import { retryAfter, type Pending } from './pending.ts'
import { createQuotas } from './quotas.ts'
import { createReadyQueue, type ReadyLoad, type Room } from './ready-queue.ts'

export interface Submitted {
  readonly submission: Submission
  readonly effects: Effect[]
}

/**
 * Submissions that wait to be ordered, in the order of their arrival. Own ones are written down (lazily: they promise
 * nothing before they are ordered) and sent again after a restart. Bounds: bytes and count, in all and per author. Of an
 * author that has too much waiting, the oldest gives way; own submissions never do, they are refused at the door.
 */
export interface Pool {
  /** Signs own entries; the effects persist them. Refused with a code when they are too large or the pool is full. */
  submit(request: SubmitRequest, now: TimeMs): Submitted | { readonly code: string }
  /** Takes in somebody's submission. False when it is known or does not fit. */
  add(submission: Submission, now: TimeMs): boolean
  get(digest: Digest): Submission | undefined
  /** The one that waits longest. */
  oldest(): Pending | undefined
  /** Own ones, in the order of their counters. */
  own(): Pending[]
  /** All, oldest first; a copy. */
  snapshot(): Pending[]
  /** What is in no batch and was not tried in vain a moment ago, from the front, as much as one batch takes. */
  candidates(room: Room): Submission[]
  ready(): ReadyLoad
  /** Not valid yet: it waits anew from now on, behind the others, so that the order is that of `since`. */
  defer(digest: Digest, now: TimeMs): void
  setInFlight(digest: Digest): void
  /** The view is over: whatever was proposed in it is not any more. */
  clearInFlight(): void
  /** Was proposed in vain: waits for a while, longer each time. */
  setTried(digest: Digest, now: TimeMs): void
  /** What was tried and has waited long enough is ready again. */
  retry(now: TimeMs): void
  /** The state has changed: what was tried only a few times is ready again at once. */
  retryFresh(): void
  /** When `retry` has something to do. */
  retryDue(): TimeMs | undefined
  /** Forgets it; for an own one the effects clear the disk and name the token's outcome. */
  executed(submission: Submission, sequence: number): Effect[]
  refused(submission: Submission, code: string): Effect[]
  readonly size: number
  readonly bytes: number
}

/** An entry that waits for others gets this many tries at changes of the state, before it has to wait for the time. */
const FRESH_TRIES = 4

export const createPool = (store: StoreReader, signing: Signing): Pool => {
  const { self } = signing
  const waiting = new Map<Digest, Pending>()
  const tried = new Map<Digest, Pending>()
  const tokens = new Map<Digest, string>()
  const quotas = createQuotas(self)
  const queue = createReadyQueue()
  const counters = createCounters(store)

  const put = (submission: Submission, since: TimeMs): void => {
    const own = submission.author === self
    const pending: Pending = { submission, since, own, lastSent: since, stage: 'ready', tries: 0, retryAt: 0 }
    waiting.set(submission.digest, pending)
    quotas.add(submission)
    queue.add(pending)
  }

  for (const frame of loadOwn(store)) put(reopen(signing, frame), 0)

  const move = (pending: Pending, stage: Pending['stage']): void => {
    const { digest } = pending.submission
    if (stage === 'tried') tried.set(digest, pending)
    else tried.delete(digest)
    if (stage !== 'ready') queue.remove(digest)
    else if (pending.stage !== 'ready') queue.add(pending)
    pending.stage = stage
  }

  const forget = (digest: Digest): Pending | undefined => {
    const pending = waiting.get(digest)
    if (!pending) return undefined
    waiting.delete(digest)
    tried.delete(digest)
    queue.remove(digest)
    quotas.remove(pending.submission)
    return pending
  }

  const makeRoom = (submission: Submission): boolean => {
    while (!quotas.fits(submission)) {
      const victim = quotas.victim(submission)
      if (victim === undefined) return false
      forget(victim)
    }
    return true
  }

  /** Why an own submission is not taken: it is too large, or too much waits, also in the window of the own counters. */
  const fault = (submission: Submission): string | undefined => {
    if (submission.frame.length > LIMITS.submissionFrameBytesMax) return 'submission-too-large'
    const oldest = waiting.get(quotas.oldest(self) ?? '')?.submission.counter ?? submission.counter
    const outside = submission.counter - oldest >= LIMITS.submissionWindow
    return outside || !makeRoom(submission) ? 'pool-full' : undefined
  }

  /** Clears an own submission from the disk and tells the outcome to whoever gave the token. */
  const settle = ({ digest, counter }: Submission, outcome: Outcome): Effect[] => {
    if (!forget(digest)?.own) return []
    const token = tokens.get(digest)
    tokens.delete(digest)
    return token === undefined ? [dropOwn(counter)] : [dropOwn(counter), ...tellOutcome(token, outcome)]
  }

  /** The earliest time at which something that was tried is due. Never too late; looked at in every step. */
  let retryDue: TimeMs | undefined

  const retryIf = (due: (pending: Pending) => boolean): void => {
    for (const pending of [...tried.values()].filter(due)) move(pending, 'ready')
    const times = [...tried.values()].map(({ retryAt }) => retryAt)
    retryDue = times.length === 0 ? undefined : Math.min(...times)
  }

  return {
    submit: (request, at) => {
      const body = encodeSubmission(counters.next(), request.drafts)
      const submission = submissionOf(signing.sign(SUBMISSION_KIND, body))
      const code = fault(submission)
      if (code !== undefined) return { code }
      const effects = [...counters.use(), saveOwn(submission.counter, submission.frame)]
      put(submission, at)
      tokens.set(submission.digest, request.token)
      return { submission, effects }
    },
    add: (submission, at) => {
      if (waiting.has(submission.digest) || !makeRoom(submission)) return false
      put(submission, at)
      return true
    },
    get: digest => waiting.get(digest)?.submission,
    oldest: () => waiting.values().next().value,
    own: () => [...waiting.values()].filter(({ own }) => own),
    snapshot: () => [...waiting.values()],
    candidates: room => queue.take(room),
    ready: () => queue.load(),
    defer: (digest, at) => {
      const pending = waiting.get(digest)
      if (!pending) return
      pending.since = at
      waiting.delete(digest)
      waiting.set(digest, pending)
      if (pending.stage === 'ready') queue.add(pending)
    },
    setInFlight: digest => {
      const pending = waiting.get(digest)
      if (pending) move(pending, 'in-flight')
    },
    clearInFlight: () => {
      // All of it anew: what was in flight stands in front of what came later again.
      for (const pending of waiting.values()) queue.remove(pending.submission.digest)
      for (const pending of waiting.values()) {
        pending.stage = 'in-flight'
        move(pending, 'ready')
      }
    },
    setTried: (digest, at) => {
      const pending = waiting.get(digest)
      if (!pending) return
      pending.retryAt = at + retryAfter(pending.tries)
      pending.tries += 1
      retryDue = Math.min(retryDue ?? pending.retryAt, pending.retryAt)
      move(pending, 'tried')
    },
    retry: at => {
      if (retryDue !== undefined && retryDue <= at) retryIf(({ retryAt }) => retryAt <= at)
    },
    retryFresh: () => {
      if (tried.size > 0) retryIf(({ tries }) => tries <= FRESH_TRIES)
    },
    retryDue: () => retryDue,
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
      return quotas.bytes
    }
  }
}

interface Outcome {
  readonly verb: string
  readonly data: object
}

/** The outcome of a submission, for the API (an event) and for the machine that the token names (a command). */
export const tellOutcome = (token: string, outcome: Outcome): Effect[] => {
  const data = { token, ...outcome.data }
  return [
    { type: 'notify', event: { type: `submission-${outcome.verb}`, durable: false, data } },
    { type: 'route', command: { name: `submission.${outcome.verb}`, payload: data } }
  ]
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
