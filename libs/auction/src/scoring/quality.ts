import type { Criterion } from './criterion.ts'
import { decimal } from './decimal.ts'

/** The quality that counts: the smaller of the bid's claim and the registration. Rule A20. */
export const quality: Criterion = {
  id: 'quality',
  version: 1,
  score: bid => bid.quality,
  explain: bid => `quality ${decimal(bid.quality)}, the smaller of claimed and registered`
}
