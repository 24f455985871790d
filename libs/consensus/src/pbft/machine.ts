import type {
  Command,
  ConsensusInit,
  Effect,
  ExecutedBatch,
  Machine,
  MachineInput,
  SubmitRequest,
  TimeMs
} from '@quorate/contracts'
import { SUBMISSION_KIND, assertNever } from '@quorate/core'
import { createPool } from '../pool/pool.ts'
import { continueCatchUp, onContent, onDecided, onFetch, onFetchContent } from './catch-up.ts'
import { onCheckpoint, restoreCheckpoint } from './checkpoint.ts'
import type { PbftConfig } from './config.ts'
import { createState, type Message, type Pbft } from './context.ts'
import { describePbft } from './describe.ts'
import { onExecuted } from './execution.ts'
import { takeFuture } from './future.ts'
import { KIND, PBFT_CODECS } from './messages.ts'
import { onNewView, proposeNewView, restoreNewView, retryNewView } from './new-view.ts'
import { acceptHeld, advance, onCommit, onPrepare, onPropose } from './normal-case.ts'
import { proposeBatches } from './primary.ts'
import { restore } from './records.ts'
import { onPeer, onStatus, onStatusTimer, repeatOwn } from './status.ts'
import { onSubmission, onSubmit } from './submissions.ts'
import { armRelay, armTimer, onProgressTimer, onRelayTimer } from './timers.ts'
import { onEvidenceRefused } from './votes.ts'
import { joinViewChange, onViewChange, restoreViewChange, startViewChange } from './view-change.ts'

type Handler = (p: Pbft, message: Message<never>) => void

/** What each kind of message is for. The codecs have checked the bodies' form. */
const HANDLERS: { readonly [kind: string]: Handler } = {
  [SUBMISSION_KIND]: onSubmission,
  [KIND.propose]: onPropose,
  [KIND.prepare]: onPrepare,
  [KIND.commit]: onCommit,
  [KIND.checkpoint]: onCheckpoint,
  [KIND.viewChange]: onViewChange,
  [KIND.newView]: onNewView,
  [KIND.status]: onStatus,
  [KIND.fetch]: onFetch,
  [KIND.fetchContent]: onFetchContent,
  [KIND.decided]: onDecided,
  [KIND.content]: (p, message) => {
    if (onContent(p, message)) acceptHeld(p)
  }
}

const TIMERS: { readonly [timer: string]: (p: Pbft) => void } = {
  progress: onProgressTimer,
  relay: onRelayTimer,
  status: onStatusTimer,
  batch: p => void p.state.armed.delete('batch'),
  retry: p => void p.state.armed.delete('retry')
}

/** PBFT (Castro and Liskov 1999) as a machine called `consensus`. docs/protocol/consensus.md is normative. */
export const createPbftMachine = (init: ConsensusInit, config: PbftConfig): Machine => {
  const { signing, application, history, groupId, store } = init
  const state = createState(application.head().seq)
  const pool = createPool(store, signing)
  const p: Pbft = {
    config,
    signing,
    application,
    history,
    groupId,
    pool,
    state,
    now: 0,
    out: [],
    suspected: undefined
  }

  /** The view whose early messages were handled. */
  let handledView = -1

  /** Runs one step and hands over its effects. */
  const within = (now: TimeMs, work: () => void): readonly Effect[] => {
    p.now = now
    p.out = []
    p.suspected = undefined
    work()
    changeViews()
    handleFuture()
    // What came too early, or what NEW-VIEW named, may speak against the new primary at once.
    if (p.suspected !== undefined) changeViews()
    proposeBatches(p)
    armTimer(p)
    return p.out
  }

  /** What the step means for the view: leaving it, joining others, entering the next. */
  const changeViews = (): void => {
    if (p.suspected !== undefined) startViewChange(p, state.view + 1, p.suspected)
    p.suspected = undefined
    joinViewChange(p)
    proposeNewView(p)
  }

  /** When a view was entered in this step, what had come too early for it has its turn. */
  const handleFuture = (): void => {
    if (!state.active || handledView === state.view) return
    handledView = state.view
    for (const message of takeFuture(p)) HANDLERS[message.kind]?.(p, message as Message<never>)
  }

  const onCommand = ({ name, payload }: Command): void => {
    if (name === 'consensus.submit') onSubmit(p, payload as SubmitRequest)
    if (name === 'submission.refused') onEvidenceRefused(p, payload as { token: string; code: string })
    if (name !== 'consensus.executed') return
    onExecuted(p, payload as ExecutedBatch)
    continueCatchUp(p)
    retryNewView(p)
    acceptHeld(p)
    advance(p, state.executed + 1)
  }

  const onInput = (input: MachineInput): void => {
    switch (input.type) {
      case 'message':
        return HANDLERS[input.envelope.kind]?.(p, input.envelope as Message<never>)
      case 'timer':
        return TIMERS[input.timer]?.(p)
      case 'command':
        return onCommand(input.command)
      case 'peer':
        return onPeer(p, input.peer, input.connected)
      default:
        return assertNever(input)
    }
  }

  const begin = (now: TimeMs): void => {
    state.last = history.batch(state.executed)
    state.viewEnteredAt = now
    for (const { submission } of pool.snapshot()) pool.defer(submission.digest, now)
    restore(p, store)
    restoreCheckpoint(p)
    for (const [, { accepted }] of [...state.slots].toSorted(([a], [b]) => a - b)) {
      if (accepted) application.check(accepted.batch)
    }
    if (!state.active) restoreViewChange(p)
    restoreNewView(p)
    advance(p, state.executed + 1)
    repeatOwn(p)
    onStatusTimer(p)
    armRelay(p)
  }

  return {
    name: 'consensus',
    codecs: PBFT_CODECS,
    start: now => within(now, () => begin(now)),
    step: (input, now) => within(now, () => onInput(input)),
    describe: () => describePbft(p)
  }
}
