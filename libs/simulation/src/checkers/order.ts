import type { Digest, PeerId } from '@quorate/contracts'
import type { Checker } from './checker.ts'

/** Log-prefix agreement and gap-free execution, across crashes. */
export const order: Checker = bench => {
  const ledger = new Map<number, Digest>()
  const heights = new Map<PeerId, number>()
  return {
    executed: (node, { header: { seq, parent }, digest }) => {
      const height = heights.get(node) ?? 0
      if (height + 1 !== seq) bench.violated('gap-free', `${node} executed ${seq} after ${height}`)
      heights.set(node, seq)
      const agreed = ledger.get(seq)
      if (agreed !== undefined && agreed !== digest)
        bench.violated('agreement', `${node} has another batch at ${seq}`)
      if (agreed !== undefined) return
      const before = seq === 1 ? bench.groupId : ledger.get(seq - 1)
      if (parent !== before) bench.violated('agreement', `batch ${seq} of ${node} has another parent`)
      ledger.set(seq, digest)
    }
  }
}
