import type { EvidenceDetail, EvidenceView, Opened } from '@quorate/contracts'
import { decodeCbor, evidenceShape, invariant, toBase64 } from '@quorate/core'
import { describeEnvelope } from '@quorate/identity'
import { readConvictions, type Conviction } from '@quorate/ledger'
import type { ApiNode } from './context.ts'
import { isoTime } from './json.ts'
import { notFound } from './receipts.ts'

/** Convictions on the ledger, oldest first. */
export const listEvidence = ({ ledger }: ApiNode): EvidenceView[] => readConvictions(ledger.state).map(viewOf)

const viewOf = ({ evidenceId, peerId, type, seq, view, time }: Conviction): EvidenceView => ({
  evidenceId,
  peerId,
  type,
  sequence: seq,
  view,
  at: isoTime(time)
})

/** With the two messages that convict, as they were signed. Errors: QRT_NOT_FOUND. */
export const showEvidence = (api: ApiNode, id: string): EvidenceDetail => {
  const conviction = readConvictions(api.ledger.state).find(({ evidenceId }) => evidenceId === id)
  if (!conviction) throw notFound('evidence', id)
  const placed = api.ledger.history.entry(conviction.sequence)
  const body = placed && decodeCbor(placed.entry.body)
  const pair = body === undefined ? undefined : evidenceShape.decode(body)
  invariant(pair, 'a conviction has its evidence on the ledger')
  const said = (frame: Uint8Array) => ({ frame: toBase64(frame), says: sayingOf(api.signing.open(frame)) })
  return { ...viewOf(conviction), first: said(pair.first), second: said(pair.second) }
}

const sayingOf = (opened: Opened): string => (opened.ok ? describeEnvelope(opened.envelope) : 'unreadable')
