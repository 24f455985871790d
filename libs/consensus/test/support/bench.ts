import type { CborValue, Envelope, PeerId, Signing, Submission, Verified, VoterSet } from '@quorate/contracts'
import {
  RECORD_KIND,
  createVoterSet,
  decodeSubmission,
  encodeCbor,
  encodeSubmission,
  invariant,
  recordShape,
  sha256,
  utf8
} from '@quorate/core'
import { createKeyedSigning } from '@quorate/test-support'
import { createPeer, type Peer, type Sent } from './peer.ts'

/** Tests begin at this time. */
export const START_MS = 1_800_000_000_000
export const GROUP_ID = sha256(utf8('the group of the tests'))

/** A frame as a filter sees it. */
export interface InFlight {
  readonly from: PeerId
  readonly to: PeerId
  readonly kind: string
  readonly body: CborValue
}

export interface BenchInit {
  readonly voters?: number
  readonly observers?: number
  readonly faultTolerance?: number | null
  readonly policy?: 'auto' | 'manual'
  readonly config?: { readonly [key: string]: CborValue }
}

/**
 * A group in one process with a virtual clock: what is sent is delivered in order, at once, unless `drop` says no.
 * Peers are called `peer-1`, `peer-2`, ...; `peer-1` is the primary of view 0.
 */
export interface Bench {
  readonly peers: readonly Peer[]
  readonly voters: VoterSet
  /** Everything that was said, also what was dropped. */
  readonly said: readonly (Sent & { readonly envelope: Envelope })[]
  now: number
  drop(message: InFlight): boolean
  start(...which: readonly number[]): void
  peer(number: number): Peer
  signer(number: number): Signing
  /** Delivers until nobody says anything more. */
  run(): void
  /** Moves the clock, firing timers in order and delivering in between. */
  advance(ms: number): void
  /** A connection comes up in both directions. */
  meet(a: number, b: number): void
}

const STEPS_MAX = 100_000

const idOf = (number: number): PeerId => `peer-${number}`

export const createBench = (init: BenchInit = {}): Bench => {
  const count = init.voters ?? 4
  const ids = Array.from({ length: count + (init.observers ?? 0) }, (_, i) => idOf(i + 1))
  const members = ids.slice(0, count).map(peerId => ({ peerId, weight: 1 }))
  const voters = createVoterSet(0, members, init.faultTolerance ?? null)
  const said: (Sent & { envelope: Envelope })[] = []
  const queue: { to: PeerId; sent: Sent; envelope: Envelope }[] = []

  const send = (sent: Sent): void => {
    const opened = createKeyedSigning(GROUP_ID, sent.from).open(sent.frame)
    invariant(opened.ok, 'a node sends what it, or somebody, has signed')
    said.push({ ...sent, envelope: opened.envelope })
    const receivers = sent.to === undefined ? ids.filter(id => id !== sent.from) : [sent.to]
    for (const to of receivers) queue.push({ to, sent, envelope: opened.envelope })
  }

  const peers = ids.map(id =>
    createPeer({
      id,
      groupId: GROUP_ID,
      signing: createKeyedSigning(GROUP_ID, id),
      voters,
      foundedAt: START_MS - 1_000,
      config: init.config ?? {},
      policy: init.policy ?? 'auto',
      now: () => bench.now,
      send
    })
  )

  const peer = (number: number): Peer => {
    const found = peers[number - 1]
    invariant(found, `there is no peer ${number}`)
    return found
  }

  const run = (): void => {
    let steps = 0
    for (let next = queue.shift(); next; next = queue.shift()) {
      invariant(++steps < STEPS_MAX, 'the peers talk without end')
      const { to, sent, envelope } = next
      const target = peers.find(({ id }) => id === to)
      if (!target?.isUp) continue
      if (bench.drop({ from: sent.from, to, kind: envelope.kind, body: envelope.body })) continue
      target.deliver(sent.frame, sent.from)
    }
  }

  const nextTimer = (): { peer: Peer; timer: string; at: number } | undefined =>
    peers
      .filter(({ isUp }) => isUp)
      .flatMap(owner => [...owner.timers].map(([timer, at]) => ({ peer: owner, timer, at })))
      .toSorted((a, b) => a.at - b.at)[0]

  const advance = (ms: number): void => {
    const end = bench.now + ms
    run()
    for (let next = nextTimer(); next && next.at <= end; next = nextTimer()) {
      bench.now = Math.max(bench.now, next.at)
      next.peer.fire(next.timer)
      run()
    }
    bench.now = end
  }

  const bench: Bench = {
    peers,
    voters,
    said,
    now: START_MS,
    drop: () => false,
    start: (...which) => {
      for (const number of which.length > 0 ? which : peers.map((_, i) => i + 1)) peer(number).start()
    },
    peer,
    signer: number => createKeyedSigning(GROUP_ID, idOf(number)),
    run,
    advance,
    meet: (a, b) => {
      for (const [x, y] of [
        [a, b],
        [b, a]
      ] as const)
        for (const machine of ['consensus', 'ballots'])
          peer(x).input(machine, { type: 'peer', peer: idOf(y), connected: true })
      run()
    }
  }
  return bench
}

export const recordDraft = (statement: string) => ({
  kind: RECORD_KIND,
  body: encodeCbor(recordShape.encode({ statement, data: null }))
})

/** Asks a node to have records ordered as one submission. */
export const submit = (peer: Peer, ...statements: readonly string[]): void =>
  peer.command({
    name: 'consensus.submit',
    payload: { drafts: statements.map(recordDraft), token: `test:${statements.join()}` }
  })

/** A submission that its author sends itself. */
export const submissionOf = (
  signing: Signing,
  counter: number,
  ...statements: readonly string[]
): Submission => {
  const envelope: Verified<Envelope> = signing.sign(
    'submission',
    encodeSubmission(counter, statements.map(recordDraft))
  )
  return decodeSubmission(envelope) as Submission
}

export const heightOf = (peer: Peer): number => peer.running.ledger.application.head().seq
export const headOf = (peer: Peer): string => peer.running.ledger.application.head().digest

/** What consensus says of itself. */
export const describeOf = (peer: Peer): { readonly [key: string]: unknown } =>
  peer.running.consensus.describe?.() ?? {}
