import type { Client } from '@quorate/client'
import { QuorateError } from '@quorate/contracts'

/** What people name by the beginning of its id. */
export type IdKind = 'proposal' | 'auction' | 'evidence'

const ID_CHARS = 64
const PREFIX = /^[0-9a-f]{4,63}$/

const LISTS: { readonly [kind in IdKind]: (client: Client) => Promise<readonly string[]> } = {
  proposal: async client => (await client.proposals()).map(({ proposalId }) => proposalId),
  auction: async client => (await client.auctions()).map(({ auctionId }) => auctionId),
  evidence: async client => (await client.evidence()).map(({ evidenceId }) => evidenceId)
}

/**
 * The whole id that is meant by its beginning, of at least four characters, among what the daemon lists. What is whole
 * already, or fits nothing there, comes back as it is: the daemon knows more than it lists.
 *
 * Errors: QRT_AMBIGUOUS.
 */
export async function wholeId(client: Client, given: string, ...kinds: readonly IdKind[]): Promise<string> {
  if (!PREFIX.test(given)) return given
  const lists = await Promise.all(kinds.map(kind => LISTS[kind](client)))
  const found = [...new Set(lists.flat())].filter(id => id.length === ID_CHARS && id.startsWith(given))
  if (found.length > 1) throw ambiguous(given, found)
  return found[0] ?? given
}

function ambiguous(given: string, found: readonly string[]): QuorateError {
  return new QuorateError('QRT_AMBIGUOUS', `'${given}' is the beginning of ${found.length} ids.`, {
    suggestions: found.slice(0, 3).map(id => `Give more of it: ${id.slice(0, given.length + 8)}`)
  })
}
