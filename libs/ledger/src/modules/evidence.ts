import type { Entry, LedgerModule, Opened, StateReader, StateWriter } from '@quorate/contracts'
import { ACCEPT, reject } from '@quorate/contracts'
import { EVIDENCE_KIND, conflictOf, decodeCbor, evidenceShape, isVoter, type Conflict } from '@quorate/core'
import { numberKey } from '../records.ts'

export const EVIDENCE_MODULE = 'evidence'

/** At most this many convictions are kept in the state; the oldest goes first. All stay in the ledger's history. */
export const CONVICTIONS_MAX = 1024

export interface Conviction {
  readonly evidenceId: string
  readonly peerId: string
  readonly type: string
  readonly seq: number | null
  readonly view: number | null
  /** Agreed time. */
  readonly time: number
  readonly sequence: number
}

type Open = (frame: Uint8Array) => Opened

/**
 * Convictions: two validly signed conflicting messages of one voter, one entry for each conflict.
 * A voter is convicted once for each kind of vote: to order evidence takes votes, and who contradicts itself in each of them would
 * have the group order evidence for ever.
 * State: `conviction/<evidenceId>` -> [peer, type, seq, view, time, sequence], `order/<sequence>` -> evidenceId,
 * `kind/<peer>/<type>` -> evidenceId for votes.
 * Source: docs/protocol/consensus.md, "evidence".
 */
export const createEvidenceModule = (open: Open): LedgerModule => ({
  name: EVIDENCE_MODULE,
  kinds: [EVIDENCE_KIND],
  bulkKinds: [],
  idOf: entry => readConflict(entry, open)?.evidenceId ?? entry.digest,
  validate: (state, entry, context) => {
    const conflict = readConflict(entry, open)
    if (!conflict) return reject('evidence-proves-nothing')
    if (!isVoter(context.epoch, conflict.peerId)) return reject('evidence-not-a-voter')
    return isKnown(state, conflict) ? reject('evidence-known') : ACCEPT
  },
  apply: (state, entry, context) => {
    const conflict = readConflict(entry, open) as Conflict
    const { evidenceId, peerId, type, seq, view } = conflict
    const { time, sequence } = context
    state.put(`conviction/${evidenceId}`, [peerId, type, seq, view, time, sequence])
    state.put(`order/${numberKey(sequence)}`, evidenceId)
    if (isVote(conflict)) state.put(kindKey(peerId, type), evidenceId)
    forgetOldest(state)
    return [{ type: 'evidence-recorded', id: evidenceId, sequence, data: { peerId, type } }]
  }
})

const readConflict = (entry: Entry, open: Open): Conflict | undefined => {
  const body = decodeCbor(entry.body)
  const pair = body === undefined ? undefined : evidenceShape.decode(body)
  if (!pair) return undefined
  const [first, second] = [open(pair.first), open(pair.second)]
  return first.ok && second.ok ? conflictOf(first.envelope, second.envelope) : undefined
}

const kindKey = (peerId: string, type: string): string => `kind/${peerId}/${type}`

/** Conflicts of votes have a place in the order of batches; those of ballots have none. */
const isVote = ({ seq }: Conflict): boolean => seq !== null

const isKnown = (state: StateReader, conflict: Conflict): boolean =>
  state.get(`conviction/${conflict.evidenceId}`) !== undefined ||
  (isVote(conflict) && state.get(kindKey(conflict.peerId, conflict.type)) !== undefined)

const forgetOldest = (state: StateWriter): void => {
  const order = state.range('order/')
  if (order.length <= CONVICTIONS_MAX) return
  const [key, evidenceId] = order[0] as readonly [string, string]
  const { peerId, type } = readConviction(state, evidenceId)
  if (state.get(kindKey(peerId, type)) === evidenceId) state.delete(kindKey(peerId, type))
  state.delete(key)
  state.delete(`conviction/${evidenceId}`)
}

/** Convictions on the ledger, oldest first. */
export const readConvictions = (root: StateReader): Conviction[] => {
  const state = root.module(EVIDENCE_MODULE)
  return state.range('order/').map(([, id]) => readConviction(state, id as string))
}

const readConviction = (state: StateReader, evidenceId: string): Conviction => {
  const value = state.get(`conviction/${evidenceId}`)
  const [peerId, type, seq, view, time, sequence] = value as [
    string,
    string,
    number | null,
    number | null,
    number,
    number
  ]
  return { evidenceId, peerId, type, seq, view, time, sequence }
}
