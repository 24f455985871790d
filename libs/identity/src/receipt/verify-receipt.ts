import type { Verification } from '@quorate/contracts'
import {
  DECISION_KIND,
  checkTally,
  decisionShape,
  decodeCbor,
  isDigest,
  merkleRootOf,
  receiptSubject
} from '@quorate/core'
import { createOpener } from '../opener.ts'
import { checkCertificate, type Checking } from './check-certificate.ts'
import { parseGroupExport, type KnownGroup } from './parse-group.ts'
import { parseReceipt, type ParsedReceipt } from './parse-receipt.ts'

/**
 * Checks a receipt against a group file: offline, and with nothing else to trust than the group id.
 *
 * Both arguments are JSON values (see `parseJsonStrictly`). Any change of a value, a field more or a field less makes the
 * result invalid. Bounds: sizes of all parts as in docs/protocol/wire.md. Errors: none thrown; `reason` says what is wrong.
 * Source: docs/protocol/wire.md, rules W80 to W87.
 */
export const verifyReceipt = (receipt: unknown, group: unknown): Verification => {
  const parsed = parseReceipt(receipt)
  if (!parsed) return refuse(receipt, 'the receipt is not of the documented form')
  const known = parseGroupExport(group)
  if (!known.ok) return refuse(receipt, known.reason)
  const fault = placeFault(parsed, known.group)
  if (fault !== undefined) return refuse(receipt, fault)
  const opener = createOpener(known.group)
  const checking: Checking = { receipt: parsed, group: known.group, open: frame => opener.open(frame) }
  const certificate = checkCertificate(checking)
  if (!certificate.ok) return refuse(receipt, certificate.reason)
  const subject = subjectFault(checking)
  if (subject !== undefined) return refuse(receipt, subject)
  const { signers } = certificate
  return {
    valid: true,
    kind: parsed.kind,
    groupId: parsed.groupId,
    reason: summary(checking, signers.length),
    signers
  }
}

const refuse = (receipt: unknown, reason: string): Verification => {
  const said = (typeof receipt === 'object' && receipt !== null ? receipt : {}) as Record<string, unknown>
  return { valid: false, kind: kindSaid(said), groupId: groupSaid(said), reason, signers: [] }
}

const kindSaid = ({ kind }: Record<string, unknown>): string =>
  typeof kind === 'string' && /^[a-z]{1,16}$/.test(kind) ? kind : ''

const groupSaid = ({ groupId }: Record<string, unknown>): string =>
  typeof groupId === 'string' && isDigest(groupId) ? groupId : ''

/** Is the entry where the receipt says, under this header, in this group? Needs hashes only. */
const placeFault = (receipt: ParsedReceipt, group: KnownGroup): string | undefined => {
  if (receipt.groupId !== group.groupId) return 'the receipt is of another group'
  const { header, path } = receipt
  const root = merkleRootOf({ leaf: receipt.entryDigest, count: header.count, ...path })
  if (root !== header.root) return 'the entry is not in the batch'
  return receipt.sequence === header.base + path.position + 1
    ? undefined
    : 'the sequence is not that of the entry'
}

/** Is the entry what the receipt says that it is about, and is a decision backed by its ballots? */
const subjectFault = (checking: Checking): string | undefined => {
  const { entry, entryDigest, kind, id } = checking.receipt
  const subject = receiptSubject({ ...entry, digest: entryDigest })
  if (!subject) return `the body of the ${entry.kind} is malformed`
  if (subject.kind !== kind || subject.id !== id) return 'the kind or the id is not that of the entry'
  if (entry.kind !== DECISION_KIND) return undefined
  const decision = decisionOf(checking)
  if (!decision) return 'the decision is malformed'
  const tally = checkTally(decision, checking.group.voterSet, frame => checking.open(frame))
  return 'code' in tally ? `the ballots do not prove the decision (${tally.code})` : undefined
}

const decisionOf = ({ receipt }: Pick<Checking, 'receipt'>) => {
  const body = decodeCbor(receipt.entry.body)
  return body === undefined ? undefined : decisionShape.decode(body)
}

const summary = (checking: Checking, signers: number): string => {
  const { receipt, group } = checking
  const what = receipt.kind === 'decision' ? `decision ${decisionOf(checking)?.outcome ?? ''}` : receipt.kind
  const { quorum, voters } = group.voterSet
  return `${what} at sequence ${receipt.sequence}: ${signers} of ${voters.length} voters signed, the quorum is ${quorum}`
}
