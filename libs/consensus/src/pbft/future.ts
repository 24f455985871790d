import { isVoter } from '@quorate/core'
import { voters, type Message, type Pbft } from './context.ts'

/** Kept per voter for views that are not entered yet; the oldest goes first. What is lost is said again. */
const FUTURE_PER_PEER_MAX = 64
const FUTURE_BYTES_PER_PEER_MAX = 4 * 1024 * 1024
/** How many views ahead a message may be. */
const VIEWS_AHEAD_MAX = 64

/** A message of a view that is not entered yet. */
export interface Early {
  readonly view: number
  readonly message: Message<unknown>
}

const bytesOf = (kept: readonly Early[]): number =>
  kept.reduce((sum, { message }) => sum + message.frame.length, 0)

/** Keeps a message of a later view for when that view is entered; it is never handled under the local view. */
export const bufferFuture = (p: Pbft, message: Message<unknown>, view: number): void => {
  const { state } = p
  if (!isVoter(voters(p), message.author) || view > state.view + VIEWS_AHEAD_MAX) return
  const kept = state.future.get(message.author) ?? []
  kept.push({ view, message })
  while (kept.length > FUTURE_PER_PEER_MAX || bytesOf(kept) > FUTURE_BYTES_PER_PEER_MAX) kept.shift()
  state.future.set(message.author, kept)
}

/** What was kept for the view that was entered; later views go on waiting, earlier ones are over. */
export const takeFuture = (p: Pbft): Message<unknown>[] => {
  const { future, view } = p.state
  const now: Message<unknown>[] = []
  for (const [peer, kept] of future) {
    now.push(...kept.filter(early => early.view === view).map(({ message }) => message))
    const later = kept.filter(early => early.view > view)
    if (later.length > 0) future.set(peer, later)
    else future.delete(peer)
  }
  return now
}
