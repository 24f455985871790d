import { QuorateError, type ErrorCode } from '@quorate/contracts'
import type { Answer } from './asks.ts'

/** What a machine's or the ledger's code means to a caller. Codes that are not here are QRT_REFUSED with the code named. */
const MEANINGS: { readonly [code: string]: readonly [code: ErrorCode, message: string] } = {
  'ballot-differs': [
    'QRT_CONFLICT',
    'This voter has judged the proposal differently before; a ballot is final.'
  ],
  'proposal-unknown': ['QRT_NOT_FOUND', 'There is no such proposal.'],
  'proposal-closed': ['QRT_CONFLICT', 'The proposal is closed.'],
  'proposal-decided': ['QRT_CONFLICT', 'The proposal is decided already.'],
  'proposal-expired': ['QRT_EXPIRED', 'The deadline of the proposal has passed.'],
  'not-a-voter': ['QRT_NOT_ALLOWED', 'Only voters vote; this node is an observer.'],
  'pool-full': ['QRT_OVERLOADED', 'Too many entries wait to be ordered; try again in a moment.'],
  'key-reused': [
    'QRT_CONFLICT',
    'The idempotency key was used for another request within the last 24 hours.'
  ],
  'key-pending': [
    'QRT_CONFLICT',
    'The first request with this idempotency key has no outcome yet; `quorate ledger list` shows what was ordered.'
  ],
  'auction-unknown': ['QRT_NOT_FOUND', 'There is no such auction.'],
  'auction-closed': ['QRT_CONFLICT', 'The auction takes no bids any more.'],
  'auction-commit-exists': [
    'QRT_CONFLICT',
    'This agent has sealed another bid; a sealed bid cannot be changed.'
  ],
  'auction-not-eligible': ['QRT_NOT_ALLOWED', 'This agent is not eligible for the auction.'],
  'auction-not-initiator': ['QRT_NOT_ALLOWED', 'Only the initiator may cancel an auction.'],
  'agent-unknown': ['QRT_NOT_FOUND', 'There is no such agent on this node.']
}

export const refusal = (code: string): QuorateError => {
  const [error, message] =
    MEANINGS[code] ?? (['QRT_REFUSED', `The group's rules refuse it: ${code}.`] as const)
  return new QuorateError(error, message, { details: { rule: code } })
}

/** The answer's data, or the error that it stands for. */
export const accepted = ({ type, data }: Answer): Answer['data'] => {
  const isRefused = type === 'submission-refused' || (type === 'reply' && data['ok'] !== true)
  if (isRefused) throw refusal(typeof data['code'] === 'string' ? data['code'] : 'unknown')
  return data
}
