import type { CborValue } from '@quorate/contracts'
import { primaryOf, voters, type Pbft } from './context.ts'

/** How far ahead at least one honest voter is: f of those that claim to be the furthest may lie. */
const behindBy = (p: Pbft): number => {
  const { voters: members, faultTolerance } = voters(p)
  const claims = members.map(({ peerId }) => p.state.progress.get(peerId) ?? 0).toSorted((a, b) => b - a)
  return Math.max(0, (claims[faultTolerance] ?? 0) - p.state.executed)
}

/**
 * A snapshot for `status` and diagnosis: where the machine stands, and how much it keeps. The counts are bounded whatever
 * peers send; the simulator watches that they are (docs/testing.md, "bounds").
 */
export const describePbft = (p: Pbft): { readonly [key: string]: CborValue } => {
  const { state, pool, config } = p
  return {
    view: state.view,
    primary: primaryOf(voters(p), state.view),
    active: state.active,
    executed: state.executed,
    stable: state.stable,
    diverged: state.diverged,
    behind: behindBy(p) > config.window,
    slots: state.slots.size,
    held: state.held.size,
    contents: state.contents.size,
    decided: state.decided.size,
    future: [...state.future.values()].reduce((sum, kept) => sum + kept.length, 0),
    pending: pool.size,
    pendingBytes: pool.bytes
  }
}
