import type { Digest, PeerId } from '@quorate/contracts'
import { voteShape } from '@quorate/core'
import type { Checker } from './checker.ts'

/** Honest nodes name the same state at the same checkpoint. */
export const checkpoints: Checker = bench => {
  const known = new Map<number, { readonly digest: Digest; readonly node: PeerId }>()
  return {
    said: (node, { kind, body }) => {
      const vote = kind.endsWith('/checkpoint') ? voteShape.decode(body) : undefined
      if (!vote) return
      const before = known.get(vote.seq) ?? { digest: vote.digest, node }
      known.set(vote.seq, before)
      if (before.digest !== vote.digest)
        bench.violated('checkpoint-agreement', `${node} and ${before.node} differ at ${vote.seq}`)
    }
  }
}
