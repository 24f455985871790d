import { isVoter } from '@quorate/core'
import { voters, type Message, type Pbft } from './context.ts'

/** Messages kept per sender for views that are not entered yet. Bounds memory: what is lost is said again. */
const FUTURE_PER_PEER_MAX = 64

/** Keeps a message of a later view for when that view is entered; it is never handled under the local view. */
export const bufferFuture = (p: Pbft, message: Message<unknown>, view: number): void => {
  const { state } = p
  if (!isVoter(voters(p), message.author) || view > state.view + 64) return
  const kept = state.future.get(message.author) ?? []
  if (kept.length >= FUTURE_PER_PEER_MAX) kept.shift()
  kept.push(message)
  state.future.set(message.author, kept)
}

/** Everything that was kept, to be handled again now that a view was entered. */
export const takeFuture = (p: Pbft): Message<unknown>[] => {
  const messages = [...p.state.future.values()].flat()
  p.state.future.clear()
  return messages
}
