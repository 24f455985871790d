import { benchConsensus } from './consensus.ts'
import type { Result } from './report.ts'

/** One benchmark: what it measures, and how. `say` tells a person what is going on. */
export interface Bench {
  readonly about: string
  run(say: (line: string) => void): Promise<Result[]>
}

export const benches: { readonly [name: string]: Bench } = {
  consensus: {
    about: 'four daemons on this machine, fsync on, 512-byte entries; memory at rest; start times',
    run: benchConsensus
  }
}
