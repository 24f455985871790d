import type { Entry, EntryDraft, LedgerContext, LedgerEvent, PeerId, Verdict } from '@quorate/contracts'
import { createVoterSet, encodeCbor, entryDigest, sha256 } from '@quorate/core'
import { createMemoryState } from '../../src/api/memory-state.ts'
import {
  agentsModule,
  createAuctionModule,
  STANDARD_RULES,
  type OrderedEntry,
  type Rules
} from '../../src/index.ts'
import { PEERS } from './fixtures.ts'

export const voterSet = createVoterSet(
  0,
  PEERS.map(peerId => ({ peerId, weight: 1 })),
  null
)

/** A ledger of agents and auctions in memory: one entry per batch, at the time that the test says. */
export const createTestLedger = (rules: Rules = STANDARD_RULES) => {
  const state = createMemoryState()
  const auctionModule = createAuctionModule(rules)
  const modules = new Map(
    [agentsModule, auctionModule].flatMap(module => module.kinds.map(kind => [kind, module]))
  )
  const ordered: OrderedEntry[] = []
  const events: LedgerEvent[] = []
  let time = 1_000_000

  const place = (): LedgerContext => {
    const seq = ordered.length + 1
    return { time, seq, parent: sha256(encodeCbor(['batch', seq - 1])), sequence: seq, epoch: voterSet }
  }

  const entryOf = (author: PeerId, draft: EntryDraft): Entry => {
    const entry = { ...draft, author, counter: ordered.length + 1, index: 0 }
    return { ...entry, digest: entryDigest(entry) }
  }

  const submit = (author: PeerId, draft: EntryDraft): Verdict => {
    const [entry, context] = [entryOf(author, draft), place()]
    const module = modules.get(entry.kind)
    if (!module) throw new Error(`no module owns ${entry.kind}`)
    const verdict = module.validate(state.reader(module.name), entry, context)
    if (verdict.outcome !== 'accept') return verdict
    events.push(...module.apply(state.writer(module.name), entry, context))
    ordered.push({ entry, context })
    return verdict
  }

  return {
    state: state.reader(''),
    entries: () => state.entries(),
    ordered,
    events,
    modules,
    submit,
    /** The code of the refusal, or `accept`. */
    code: (author: PeerId, draft: EntryDraft): string => {
      const verdict = submit(author, draft)
      return verdict.outcome === 'accept' ? 'accept' : `${verdict.outcome} ${verdict.code}`
    },
    now: () => time,
    advance: (ms: number) => {
      time += ms
    }
  }
}

export type TestLedger = ReturnType<typeof createTestLedger>
