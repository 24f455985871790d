import type { PeerId } from '@quorate/contracts'
import { askForContents, askSomebodyAhead } from './catch-up.ts'
import { onCheckpointFrame } from './checkpoint.ts'
import { emit, isPrimary, selfVotes, sendTo, toVoters, type Message, type Pbft } from './context.ts'
import { KIND, statusShape, type StatusBody } from './messages.ts'
import { proposeFrame } from './primary.ts'

/** Gossip is not reliable broadcast: each node says now and then where it stands, and repeats what is not settled. */
export const onStatusTimer = (p: Pbft): void => {
  const { state } = p
  emit(p, { type: 'broadcast', frame: statusFrame(p), reach: 'members' })
  emit(p, { type: 'schedule', timer: 'status', atMs: p.now + p.config.statusMs })
  if (state.executed === state.executedAtTick) {
    repeatOwn(p)
    askSomebodyAhead(p)
  }
  state.executedAtTick = state.executed
}

const statusFrame = (p: Pbft): Uint8Array => {
  const { view, active, executed, ownCheckpoint } = p.state
  const body = { view, active, executed, checkpoint: ownCheckpoint ?? null }
  return p.signing.sign(KIND.status, statusShape.encode(body)).frame
}

/** Sends again, byte for byte, own votes on undecided batches, own VIEW-CHANGE, and questions not yet answered. */
export const repeatOwn = (p: Pbft): void => {
  const { state } = p
  if (!selfVotes(p)) return
  if (state.active && isPrimary(p)) {
    for (const { accepted } of state.slots.values()) {
      if (accepted) toVoters(p, proposeFrame(p, accepted.prePrepare, accepted.batch))
    }
  }
  if (state.active) for (const frame of state.said.values()) toVoters(p, frame)
  else if (state.ownViewChange) toVoters(p, state.ownViewChange)
  askForContents(p)
}

/** Learns where a peer stands; helps it into the current view, or asks for what this node lacks. */
export const onStatus = (p: Pbft, { author, body }: Message<StatusBody>): void => {
  const { state } = p
  // An old status that somebody repeats takes nothing back.
  state.progress.set(author, Math.max(body.executed, state.progress.get(author) ?? 0))
  if (body.checkpoint) onCheckpointFrame(p, body.checkpoint)
  const lost = body.view < state.view || (body.view === state.view && !body.active)
  if (lost) help(p, author)
  askSomebodyAhead(p, p.config.window)
}

/** Shows a peer the way into the current view; once per half a status period, however often it is asked for. */
const help = (p: Pbft, peer: PeerId): void => {
  const { active, newView, ownViewChange, helped } = p.state
  const frame = active ? newView : ownViewChange
  const last = helped.get(peer)
  if (!frame || (last !== undefined && p.now - last < p.config.statusMs / 2)) return
  helped.set(peer, p.now)
  sendTo(p, peer, frame)
}

/** Two nodes that meet tell each other at once where they stand. */
export const onPeer = (p: Pbft, peer: PeerId, connected: boolean): void => {
  if (connected) sendTo(p, peer, statusFrame(p))
  else p.state.progress.delete(peer)
}
