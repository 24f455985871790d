import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { GROUP_FILE, QuorateError } from '@quorate/contracts'
import { quoted } from '../session.ts'
import type { Session } from '../session.ts'

/** What a file holds: a JSON value, or why it is none. */
export type FileContent = { readonly value: unknown } | { readonly damage: string }

/**
 * Reads the group that receipts are checked against: the given file, or the one in the home.
 *
 * Errors: QRT_USAGE when it cannot be read or is not JSON; QRT_NO_GROUP when there is none.
 */
export async function readGroup(session: Session, given: string | undefined): Promise<unknown> {
  const path = given ?? join(session.home, GROUP_FILE)
  const howTo = ['On a member of the group: quorate group export --out group.json']
  if (given === undefined && !existsSync(path)) {
    throw new QuorateError('QRT_NO_GROUP', `There is no group file: ${path} does not exist.`, {
      suggestions: [...howTo, 'Then: quorate verify FILE --group group.json']
    })
  }
  const content = parse(
    await session.values.readFile(path, given === undefined ? 'The group file' : '--group')
  )
  if ('value' in content) return content.value
  const message = `${quoted(path)} is no group file: ${content.damage}.`
  throw new QuorateError('QRT_USAGE', message, { suggestions: howTo })
}

/**
 * Reads a receipt, bare or in the `receipt` field of a result. A file that is damaged holds no valid receipt; that is
 * an answer, and no error.
 */
export async function readReceipt(session: Session, path: string): Promise<FileContent> {
  const content = parse(await session.values.readFile(path, 'FILE'))
  if ('damage' in content || !hasReceipt(content.value)) return content
  const { receipt } = content.value
  if (receipt === null) return { damage: 'there is no receipt in it: the outcome was open' }
  return agrees(content.value)
    ? { value: receipt }
    : { damage: 'the result is not the one that its receipt is of' }
}

/** Whether what the result says of itself is what its receipt says. A field that either leaves out says nothing. */
function agrees(result: { readonly [field: string]: unknown }): boolean {
  const receipt = result['receipt'] as { readonly [field: string]: unknown } | undefined
  const id = result['proposalId'] ?? result['auctionId']
  return isSame(id, receipt?.['id']) && isSame(result['sequence'], receipt?.['sequence'])
}

function isSame(a: unknown, b: unknown): boolean {
  return a === undefined || b === undefined || a === b
}

function hasReceipt(
  value: unknown
): value is { readonly receipt: unknown; readonly [field: string]: unknown } {
  return typeof value === 'object' && value !== null && 'receipt' in value && !('format' in value)
}

function parse(bytes: Buffer): FileContent {
  try {
    return { value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) }
  } catch (error) {
    const why = error instanceof SyntaxError ? error.message : 'it is not UTF-8 text'
    return { damage: `not JSON (${why})` }
  }
}
