import { commitKind, isVoter, voteShape } from '@quorate/core'
import type { Bench, Checker, ExecutedBatch } from './checker.ts'

/** Every node holds, for every batch, a quorum of valid commits of one view and of the epoch that it claims. */
export const certificate: Checker = bench => ({
  executed: (node, batch) => {
    const { seq } = batch.header
    const signers = signersOf(bench, batch)
    if (signers.size < bench.voters.quorum)
      bench.violated('certificate', `${node} decided ${seq} with ${signers.size} commits`)
    if (batch.epoch !== bench.voters.epoch)
      bench.violated('certificate', `${node} decided ${seq} in epoch ${batch.epoch}`)
  }
})

const signersOf = (bench: Bench, batch: ExecutedBatch): Set<string> => {
  const signers = new Set<string>()
  for (const frame of batch.votes) {
    const opened = bench.open(frame)
    if (!opened.ok || opened.envelope.kind !== commitKind(bench.strategy)) continue
    const vote = voteShape.decode(opened.envelope.body)
    const fits = vote?.seq === batch.header.seq && vote.digest === batch.digest && vote.view === batch.view
    const { author } = opened.envelope
    if (fits && vote.voterSet === bench.voters.digest && isVoter(bench.voters, author)) signers.add(author)
  }
  return signers
}
