import { randomUUID } from 'node:crypto'
import type { TimeMs } from '@quorate/contracts'
import { BoundedMap } from '@quorate/core'
import { answerText, type Asks } from '../asks.ts'
import { outcomeError } from '../entries/entry-stream.ts'
import { recordDraft } from '../entries/record-draft.ts'
import { STOPPED, type RecordOutcome, type RecordSubmitter } from '../entries/record-submitter.ts'
import { knownId, onceCommand, type Keyed } from '../idempotency.ts'
import type { ProposalRead } from './proposal-view.ts'
import type { CheckedProposal } from './propose-request.ts'

/** How many are remembered by the id that they had before they were ordered. */
const REMEMBERED_MAX = 4096
const PREFIX = 'unordered-'

/**
 * Order-only proposals: a record each. Its id is the entry's digest, which is known only when it is ordered; until then it
 * goes by a provisional id, which this daemon understands for as long as it runs.
 */
export interface OrderOnly {
  /** Gives the provisional id at once. */
  submit(proposal: CheckedProposal, keyed: Keyed | undefined): string
  /** Resolves when the entry is ordered or refused, or when the time is up. */
  settled(id: string, timeoutMs: number): Promise<void>
  /** By provisional id only. Errors: why the entry was refused. */
  show(id: string): ProposalRead | undefined
}

export interface OrderOnlyInit {
  readonly records: RecordSubmitter
  readonly asks: Pick<Asks, 'send'>
  readonly self: string
  /** The view of what was ordered, by its entry's digest. */
  readonly showOrdered: (digest: string) => ProposalRead | undefined
  readonly now: () => TimeMs
}

interface Item {
  readonly proposal: CheckedProposal
  readonly deadline: TimeMs
  outcome: { readonly digest: string } | { readonly error: Error } | undefined
  readonly listeners: Set<() => void>
}

export const createOrderOnly = (init: OrderOnlyInit): OrderOnly => {
  const items = new BoundedMap<string, Item>(REMEMBERED_MAX)

  const end = (item: Item, outcome: Item['outcome']): void => {
    item.outcome = outcome
    for (const listener of item.listeners) listener()
    item.listeners.clear()
  }

  const endRecord = (item: Item, outcome: RecordOutcome): void =>
    end(item, outcome.ok ? { digest: outcome.digest } : { error: outcomeError(outcome.code) })

  /** Alone, so that the key is remembered for this entry and no other. */
  const submitKeyed = (item: Item, keyed: Keyed): void => {
    const draft = recordDraft(item.proposal.statement, item.proposal.data)
    const command = (token: string) => ({ name: 'consensus.submit', payload: { drafts: [draft], token } })
    init.asks.send(
      token => onceCommand({ keyed, id: null, command }, token),
      answer => {
        try {
          if (!answer) return endRecord(item, { ok: false, code: STOPPED })
          const known = knownId(answer)
          if (known !== undefined) return end(item, { digest: known })
          if (answer.type !== 'submission-executed')
            return endRecord(item, { ok: false, code: answerText(answer, 'code') })
          end(item, { digest: (answer.data['digests'] as readonly string[])[0] as string })
        } catch (error) {
          end(item, { error: error as Error })
        }
      }
    )
  }

  return {
    submit: (proposal, keyed) => {
      const id = `${PREFIX}${randomUUID()}`
      const deadline = init.now() + proposal.deadlineMs
      const item: Item = { proposal, deadline, outcome: undefined, listeners: new Set() }
      items.set(id, item)
      if (keyed) submitKeyed(item, keyed)
      else
        init.records.add(recordDraft(proposal.statement, proposal.data), outcome => endRecord(item, outcome))
      return id
    },
    settled: (id, timeoutMs) =>
      new Promise(resolve => {
        const item = items.get(id)
        if (!item || item.outcome) return resolve()
        const done = (): void => {
          clearTimeout(timer)
          item.listeners.delete(done)
          resolve()
        }
        const timer = setTimeout(done, timeoutMs)
        item.listeners.add(done)
      }),
    show: id => {
      const item = items.get(id)
      if (!item) return undefined
      if (item.outcome && 'error' in item.outcome) throw item.outcome.error
      return item.outcome ? init.showOrdered(item.outcome.digest) : unorderedView(id, item, init)
    }
  }
}

const unorderedView = (
  id: string,
  { proposal, deadline }: Item,
  { self, now }: OrderOnlyInit
): ProposalRead => ({
  proposalId: id,
  consensusReached: false,
  outcome: 'undecided',
  decision: null,
  sequence: null,
  participatingPeers: [],
  byzantinePeersDetected: [],
  consensusConfidence: 0,
  reason: '',
  statement: proposal.statement,
  proposer: self,
  deadline: new Date(deadline).toISOString(),
  pending: deadline > now(),
  ballots: []
})

export const isProvisional = (id: string): boolean => id.startsWith(PREFIX)
