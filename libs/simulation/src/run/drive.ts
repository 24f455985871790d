import type { World } from '../world/clock.ts'

export interface DriveInit {
  /** Looks at the nodes now and then. */
  readonly look: () => void
  /** Asked after every step. */
  readonly done: () => boolean
  /** Asked now and then, because it costs more. */
  readonly settled?: () => boolean
}

/** A phase that takes more steps than this is stuck in a loop. */
const STEPS_MAX = 1_000_000
/** Steps between two looks. */
const LOOK_EVERY = 32

/** Lets things happen until the phase is over; gives the number of steps. */
export const drive = (world: World, { look, done, settled }: DriveInit): number => {
  let steps = 0
  while (!done() && steps < STEPS_MAX) {
    if (steps % LOOK_EVERY === 0) {
      look()
      if (settled?.()) break
    }
    if (!world.step()) break
    steps += 1
  }
  return steps
}
