import { REVEAL_KIND, readAuction, revealShape } from '@quorate/auction'
import type { Entry, PeerId } from '@quorate/contracts'
import { SUBMISSION_KIND, decodeCbor, decodeSubmission } from '@quorate/core'
import type { Bench, Checker } from './checker.ts'

/** What a salt is derived from; its frame is as good as the salt. */
const SALT_KIND = 'auction-salt'

/** Nobody opens a bid before the auction is closed on the ledger as it knows it, and nobody shows what its salts are made of. */
export const sealedBids: Checker = bench => ({
  said: (node, envelope) => {
    if (envelope.kind === SALT_KIND) bench.violated('sealed', `${node} shows a salt`)
    const entries = envelope.kind === SUBMISSION_KIND ? decodeSubmission(envelope)?.entries : undefined
    for (const entry of entries ?? []) if (entry.kind === REVEAL_KIND) checkReveal(bench, node, entry)
  }
})

const checkReveal = (bench: Bench, node: PeerId, entry: Entry): void => {
  const body = decodeCbor(entry.body)
  const auction = (body === undefined ? undefined : revealShape.decode(body)?.auction) ?? ''
  const state = bench.members.find(({ peerId }) => peerId === node)?.running?.ledger.state
  const phase = state && readAuction(state, auction)?.phase
  if (phase === 'bidding')
    bench.violated('sealed', `${node} opens a bid of ${auction.slice(0, 8)} while it is open`)
}
