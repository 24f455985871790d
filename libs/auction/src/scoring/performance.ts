import { ratioPpm } from '@quorate/core'
import type { Criterion } from './criterion.ts'
import { decimal } from './decimal.ts'

/** Announced target duration over the bid's own (work / throughput), at most 1, rounded down. Rule A21. */
export const performanceCriterion: Criterion = {
  id: 'performance',
  version: 1,
  score: (bid, { work, targetMs }) => ratioPpm(targetMs * bid.throughput, work * 1000n),
  explain: (bid, { work, targetMs }) =>
    `target ${decimal(targetMs * 1000n)} s / (work ${decimal(work)} / throughput ${decimal(bid.throughput)} per s)`
}
