import {
  ANNOUNCE_KIND,
  auctionIdOf,
  awardShape,
  createRules,
  listAuctions,
  orderedEntries,
  replayAuction,
  type AuctionRecord,
  type Rules
} from '@quorate/auction'
import type { CborValue } from '@quorate/contracts'
import { AWARD_KIND, decodeCbor } from '@quorate/core'
import type { Member } from '../cluster/member.ts'
import type { Bench, Checker } from './checker.ts'
import { openSubmission } from './execute-once.ts'

/**
 * One award per announced auction; every auction ends, awarded or not, with a reason, and all nodes show the same; anyone who computes an
 * award again from the ledger's entries finds what is recorded.
 */
export const awards =
  (config: { readonly [key: string]: CborValue }): Checker =>
  bench => {
    const rules = createRules(config)
    const awarded = new Map<string, number>()
    const seen = new Set<string>()

    const noteAward = (auction: string, seq: number): void => {
      const before = awarded.get(auction)
      if (before !== undefined)
        bench.violated('one-award', `${auction.slice(0, 8)} ends in batch ${before} and in ${seq}`)
      awarded.set(auction, seq)
    }

    return {
      executed: (_, { digest, header, submissions }) => {
        if (seen.has(digest)) return
        seen.add(digest)
        for (const { kind, auction } of stepsIn(bench, submissions)) {
          // Announced anew after it was pruned: another auction of the same id.
          if (kind === ANNOUNCE_KIND) awarded.delete(auction)
          else noteAward(auction, header.seq)
        }
      },
      ended: members => {
        const honest = members.filter(member => member.honest)
        compareViews(bench, honest, rules)
        for (const id of awarded.keys()) checkReplay(bench, honest, { id, rules })
      }
    }
  }

/** Announcements and awards, with the auction that they are about. */
const stepsIn = (bench: Bench, frames: readonly Uint8Array[]): { kind: string; auction: string }[] =>
  frames
    .flatMap(frame => openSubmission(bench.open, frame)?.entries ?? [])
    .flatMap(({ kind, author, body }) => {
      if (kind === ANNOUNCE_KIND) return [{ kind, auction: auctionIdOf(author, body) }]
      const award = kind === AWARD_KIND ? awardShape.decode(decodeCbor(body) ?? null) : undefined
      return award ? [{ kind, auction: award.auction }] : []
    })

const textOf = (view: AuctionRecord): string => JSON.stringify(view)

const compareViews = (bench: Bench, honest: readonly Member[], rules: Rules): void => {
  const known = new Map<string, string>()
  for (const { peerId, running } of honest) {
    for (const view of running ? listAuctions(running.ledger.state, { rules }) : []) {
      const before = known.get(view.auctionId) ?? textOf(view)
      known.set(view.auctionId, before)
      const name = view.auctionId.slice(0, 8)
      if (before !== textOf(view)) bench.violated('same-auctions', `${peerId} shows another ${name}`)
      if (view.phase === 'bidding' || view.phase === 'revealing' || view.reason === '')
        bench.violated('auctions-end', `${peerId} shows ${name} as ${view.phase}: ${view.reason}`)
    }
  }
}

const checkReplay = (
  bench: Bench,
  honest: readonly Member[],
  { id, rules }: { readonly id: string; readonly rules: Rules }
): void => {
  const ledger = honest.find(({ running }) => running)?.running?.ledger
  const replay = ledger && replayAuction(orderedEntries(ledger.history, bench.voters), id, rules)
  if (!replay?.matches)
    bench.violated(
      'replay',
      `${id.slice(0, 8)} is recorded as ${replay?.recorded}, and is ${replay?.recomputed}`
    )
}
