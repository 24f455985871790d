import type {
  Effect,
  Envelope,
  LedgerEvent,
  Machine,
  MachineInit,
  MachineInput,
  ProposalValidator,
  TimeMs
} from '@quorate/contracts'
import {
  BALLOT_KIND,
  BoundedMap,
  LIMITS,
  PROPOSAL_KIND,
  ballotShape,
  invariant,
  proposalShape,
  type Ballot,
  type Proposal
} from '@quorate/core'
import { earlyKey, onBallot, onVoteCommand, type VoteCommand } from './casting.ts'
import {
  EARLY_BALLOTS_MAX,
  emit,
  isDecided,
  openItem,
  type BallotPolicy,
  type Ballots,
  type OpenProposal
} from './context.ts'
import { onProposal, onProposeCommand, type ProposeCommand } from './proposals.ts'
import { dropProposal, loadBallots, loadProposals } from './records.ts'
import { noteCertificate, submitWhenDue } from './tallying.ts'

/** Period of repeating open proposals and own ballots, and of looking at what is due. */
const TICK_MS = 1_000
/** Undecided proposals are kept for `proposals list` this long after their deadline. */
export const UNDECIDED_KEPT_MS = 24 * 3600 * 1000
/** Own messages are repeated every 2^5 ticks in the end. */
const DOUBLINGS_MAX = 5
/** Own messages repeated per tick. */
const REPEAT_MAX = 64

/**
 * Judges proposals: one immutable ballot per voter and proposal, tallied by everybody, the certificate submitted to be
 * ordered. Commands: `ballots.propose`, `ballots.vote`. docs/protocol/consensus.md, "ballots".
 */
export const createBallotsMachine = (
  init: MachineInit,
  validators: readonly ProposalValidator[]
): Machine => {
  const b: Ballots = {
    signing: init.signing,
    application: init.application,
    state: init.state,
    policy: policyOf(init.settings['policy']),
    validators,
    open: new Map(),
    early: new BoundedMap(EARLY_BALLOTS_MAX),
    accused: new BoundedMap(EARLY_BALLOTS_MAX),
    now: 0,
    out: []
  }

  const within = (now: TimeMs, work: () => void): readonly Effect[] => {
    b.now = now
    b.out = []
    work()
    return b.out
  }

  const onInput = (input: MachineInput): void => {
    if (input.type === 'message') onMessage(b, input)
    if (input.type === 'timer') onTick(b)
    if (input.type === 'peer' && input.connected) greet(b, input.peer)
    if (input.type !== 'command') return
    const { name, payload } = input.command
    if (name === 'ballots.propose') onProposeCommand(b, payload as ProposeCommand)
    if (name === 'ballots.vote') onVoteCommand(b, payload as VoteCommand)
    if (name === 'ledger.event') close(b, (payload as LedgerEvent).id)
    if (name === 'submission.refused') onRefused(b, payload as Refused)
  }

  return {
    name: 'ballots',
    codecs: [
      {
        kind: PROPOSAL_KIND,
        frameBytesMax: LIMITS.frameBytesMax,
        decode: body => proposalShape.decode(body)
      },
      {
        kind: BALLOT_KIND,
        frameBytesMax: LIMITS.smallFrameBytesMax,
        decode: body => ballotShape.decode(body)
      }
    ],
    ledgerEvents: ['proposal-decided'],
    start: now =>
      within(now, () => {
        for (const frame of loadProposals(init.store)) restoreProposal(b, init, frame)
        onTick(b)
      }),
    step: (input, now) => within(now, () => onInput(input))
  }
}

const policyOf = (setting: unknown): BallotPolicy => (setting === 'manual' ? 'manual' : 'auto')

const onMessage = (b: Ballots, { envelope }: Extract<MachineInput, { type: 'message' }>): void => {
  if (envelope.kind === PROPOSAL_KIND) onProposal(b, envelope as Envelope<Proposal>)
  else onBallot(b, envelope as Envelope<Ballot>)
}

/** Ballots of an earlier run count again; the own one among them, so that no second one is ever cast. */
const restoreProposal = (b: Ballots, { store }: MachineInit, frame: Uint8Array): void => {
  const opened = b.signing.open(frame)
  const proposal = opened.ok ? proposalShape.decode(opened.envelope.body) : undefined
  invariant(opened.ok && proposal, 'a stored proposal is not readable')
  const id = opened.envelope.digest
  if (isDecided(b, id)) return emit(b, { type: 'persist', ops: dropProposal(id) })
  const item = openItem(opened.envelope, proposal, b.now)
  for (const ballotFrame of loadBallots(store, id)) {
    const cast = b.signing.open(ballotFrame)
    const ballot = cast.ok ? ballotShape.decode(cast.envelope.body) : undefined
    invariant(cast.ok && ballot, 'a stored ballot is not readable')
    item.ballots.set(cast.envelope.author, { envelope: cast.envelope, ballot })
  }
  b.open.set(id, item)
  noteCertificate(b, item)
}

/** Repeats what is open, submits what is due, drops what is long past. */
const onTick = (b: Ballots): void => {
  emit(b, { type: 'schedule', timer: 'tick', atMs: b.now + TICK_MS })
  let left = REPEAT_MAX
  const items = [...b.open.values()]
  for (const item of items) {
    if (item.proposal.deadline + UNDECIDED_KEPT_MS < b.now) close(b, item.id)
    else submitWhenDue(b, item)
    if (item.proposal.deadline < b.now || item.repeatAt > b.now || left <= 0) continue
    left -= repeat(b, item)
  }
}

/** Says own frames again, half as often each time: a proposal may stay open for days. Gives how many they are. */
const repeat = (b: Ballots, item: OpenProposal): number => {
  const frames = ownFrames(b, item)
  item.repeatAt = b.now + TICK_MS * 2 ** Math.min(item.repeats, DOUBLINGS_MAX)
  item.repeats += 1
  for (const frame of frames) emit(b, { type: 'broadcast', frame, reach: 'members' })
  return frames.length
}

const ownFrames = (b: Ballots, item: OpenProposal): Uint8Array[] => {
  const { self } = b.signing
  const ballot = item.ballots.get(self)
  const frames = ballot ? [ballot.envelope.frame] : []
  return item.envelope.author === self ? [item.envelope.frame, ...frames] : frames
}

/** A peer that comes (back) hears of the open proposals and of this voter's ballots on them. */
const greet = (b: Ballots, peer: string): void => {
  let left = REPEAT_MAX
  for (const item of b.open.values()) {
    if (item.proposal.deadline < b.now) continue
    for (const frame of ownFrames(b, item)) if (left-- > 0) emit(b, { type: 'send', to: peer, frame })
  }
}

interface Refused {
  readonly token: string
  readonly code: string
}

/** A certificate that was refused may have to be made again, unless its time is over. Evidence may find room later. */
const onRefused = (b: Ballots, { token, code }: Refused): void => {
  const id = token.slice('ballots:'.length)
  if (code === 'pool-full') b.accused.delete(id)
  const item = b.open.get(id)
  if (!item || code === 'proposal-expired') return
  item.submitted = false
  item.certificateAt = b.now
}

/** Decided or long past. Its ballots are remembered for a while: a voter may contradict itself later too. */
const close = (b: Ballots, id: string): void => {
  const item = b.open.get(id)
  if (!item) return
  b.open.delete(id)
  for (const given of item.ballots.values()) b.early.set(earlyKey(given), given)
  emit(b, { type: 'persist', ops: dropProposal(id), lazy: 'whenever' })
}
