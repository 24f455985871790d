import type { Prng } from '@quorate/core'
import { bounds, pbftBounds } from '../checkers/bounds.ts'
import type { Checker } from '../checkers/checker.ts'
import { watermarks } from '../checkers/watermarks.ts'
import type { GroupInit } from '../cluster/founding.ts'

/** Every eighth batch: the least that the strategy allows, so that a short run moves its watermarks. */
const CHECKPOINT_INTERVAL = 8

/** A pbft group whose timers are short, and the checkers that fit it. */
export const pbftGroup = (
  peers: number,
  prng: Prng
): { readonly group: Pick<GroupInit, 'peers' | 'consensus'>; readonly checkers: readonly Checker[] } => {
  const window = prng.pick([1, 8])
  const config = {
    window,
    checkpointInterval: CHECKPOINT_INTERVAL,
    viewTimeoutMs: prng.pick([200, 400, 1_000]),
    relayMs: prng.pick([100, 300]),
    statusMs: prng.pick([300, 1_000])
  }
  return {
    group: { peers, consensus: { name: 'pbft', config } },
    checkers: [bounds(pbftBounds({ window, voters: peers })), watermarks(CHECKPOINT_INTERVAL)]
  }
}
