import type { Checker } from './checker.ts'

export interface Bounds {
  /** W: sequence numbers that may be undecided. */
  readonly window: number
  readonly voters: number
}

/** Largest count of each thing that a pbft machine keeps, by the names of its `describe()`. docs/testing.md lists them. */
export const pbftBounds = ({ window, voters }: Bounds): { readonly [name: string]: number } => ({
  slots: 2 * window,
  held: 2 * window,
  contents: 4 * window,
  decided: 128,
  future: 64 * voters,
  pendingBytes: 64 * 1024 * 1024
})

/** Memory stays within its documented bounds, whatever peers send. */
export const bounds =
  (limits: { readonly [name: string]: number }): Checker =>
  bench => ({
    looked: members => {
      for (const { peerId, honest, running } of members) {
        if (!honest || !running) continue
        const found = running.consensus.describe?.() ?? {}
        for (const [name, limit] of Object.entries(limits)) {
          const value = found[name]
          if (typeof value !== 'number' || value > limit)
            bench.violated('bounds', `${peerId} holds ${Number(value)} ${name}, at most ${limit} are allowed`)
        }
      }
    }
  })
