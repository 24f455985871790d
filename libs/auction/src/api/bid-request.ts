import type { BidRequest, ConfigResult } from '@quorate/contracts'
import { bidShape, type Bid } from '../wire/auction-entries.ts'
import { createEdge } from './edge.ts'

/** The bid that a request asks for. Errors: every issue, in words. */
export const bidFromRequest = (request: Omit<BidRequest, 'agent'>): ConfigResult<Bid> => {
  const edge = createEdge()
  const bid: Bid = {
    cost: edge.micro('cost', request.cost),
    quality: edge.fraction('quality', request.quality),
    throughput: edge.micro('throughput', request.throughput),
    note: request.note ?? ''
  }
  const { issues } = edge
  if (issues.length === 0 && bid.throughput === 0) issues.push('throughput must be above 0')
  if (issues.length === 0 && bidShape.decode(bidShape.encode(bid)) === undefined) {
    issues.push('the note must have at most 1024 bytes')
  }
  return issues.length === 0 ? { ok: true, value: bid } : { ok: false, issues }
}
