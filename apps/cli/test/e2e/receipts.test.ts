/** Receipts: proof for anyone who holds the group's file, without a daemon; and no proof once a byte is changed. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type {
  AuctionView,
  ErrorBody,
  GroupExport,
  ProposalView,
  Receipt,
  Verification
} from '@quorate/contracts'
import { verifyReceipt } from '@quorate/identity'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startGroup } from './support/group.ts'
import type { Group } from './support/group.ts'
import { runJson } from './support/peer.ts'
import { spawnCli } from './support/spawn-cli.ts'
import { tempFolder } from './support/temp-folder.ts'

const FLIPS = 200
const folder = tempFolder()
const file = (name: string): string => join(folder.path, name)
const groupFile = file('group.json')

let group: Group

beforeAll(async () => {
  group = await startGroup()
  await group.peer(1).cli('group', 'export', '--out', groupFile)
  const decision = await group.peer(1).json<ProposalView>('propose', 'Prove it', '--data', '{"answer":42}')
  const record = await group.peer(2).json<ProposalView>('propose', 'tick', '--order-only')
  await group
    .peer(2)
    .cli('agents', 'register', 'coder', '--capability', 'code', '--rate', '1', '--throughput', '1')
  const award = await group.peer(1).json<AuctionView>('auction', 'Code', '--bid-window', '1s')
  await group.agree(award.value.sequence ?? 0)
  const ids = {
    decision: decision.value.proposalId,
    record: record.value.proposalId,
    award: award.value.auctionId
  }
  for (const [kind, id] of Object.entries(ids))
    await group.peer(3).cli('receipt', id, '--out', file(`${kind}.json`))
})
afterAll(async () => {
  await group?.dispose()
  folder.remove()
})

async function verify(path: string, by = groupFile): Promise<{ code: number | null; value: Verification }> {
  // A home that is not there: nothing but the two files can be what is used.
  return runJson(['verify', path, '--group', by, '--home', file('nowhere')])
}

describe.each(['decision', 'record', 'award'])('the receipt of a %s', kind => {
  const path = file(`${kind}.json`)

  it('verifies with the group file alone', async () => {
    const { code, value } = await verify(path)
    expect(code).toBe(0)
    expect(value).toMatchObject({ valid: true, kind, groupId: group.groupId })
    expect(new Set(value.signers).size).toBeGreaterThanOrEqual(3)
  })

  it('is nothing any more with one byte changed, wherever', () => {
    const bytes = readFileSync(path)
    const known = JSON.parse(readFileSync(groupFile, 'utf8')) as GroupExport
    const valid = Array.from({ length: FLIPS }, (_, n) => Math.floor((n * bytes.length) / FLIPS))
      .map(position => ({ position, text: changed(bytes, position) }))
      .filter(({ text }) => isProof(text, known, JSON.parse(bytes.toString()) as Receipt))
    expect(valid.map(({ position, text }) => [position, text.slice(position - 20, position + 20)])).toEqual(
      []
    )
  })

  it('with a byte changed has exit code 6', async () => {
    const bytes = readFileSync(path)
    const at = bytes.indexOf('"header":"') + 20
    writeFileSync(file('changed.json'), changed(bytes, at))
    const { code, value } = await verify(file('changed.json'))
    expect([code, value.valid]).toEqual([6, false])
    expect(value.reason).not.toBe('')
    const text = await spawnCli(['verify', file('changed.json'), '--group', groupFile])
    expect(text.code).toBe(6)
    expect(text.stdout + text.stderr).toContain(value.reason)
  })
})

/** Another character in that place: of the same sort, so that it stays JSON where it can. */
function changed(bytes: Buffer, position: number): string {
  const copy = Buffer.from(bytes)
  const byte = copy[position] ?? 0
  copy[position] = byte === 0x7a || byte === 0x5a ? byte - 1 : byte === 0x39 ? 0x30 : byte + 1
  return copy.toString('latin1')
}

/** What does not parse is no receipt; blanks that say the same are no change. */
function isProof(text: string, known: GroupExport, original: Receipt): boolean {
  try {
    const receipt = JSON.parse(text) as Receipt
    return JSON.stringify(receipt) !== JSON.stringify(original) && verifyReceipt(receipt, known).valid
  } catch {
    return false
  }
}

describe('what is no proof', () => {
  it('a receipt of another group', async () => {
    const other = file('other')
    await runJson(['init', '--home', other])
    const { code, value } = await verify(file('decision.json'), join(other, 'group.json'))
    expect([code, value.valid]).toEqual([6, false])
    expect(value.reason).toMatch(/group/)
  })

  it('a file that is cut off, and one that is not JSON', async () => {
    const bytes = readFileSync(file('decision.json'))
    writeFileSync(file('cut.json'), bytes.subarray(0, bytes.length / 2))
    expect(await verify(file('cut.json'))).toMatchObject({ code: 6, value: { valid: false } })
  })

  it('a group file that is none', async () => {
    const run = await runJson<ErrorBody>(['verify', file('decision.json'), '--group', file('decision.json')])
    expect(run.code).not.toBe(0)
  })

  it('there is none for what does not exist, and for what is open', async () => {
    const run = await group.peer(1).json<ErrorBody>('receipt', 'ff'.repeat(32))
    expect(run).toMatchObject({ code: 1, value: { error: { code: 'QRT_NOT_FOUND' } } })
  })
})

describe('a saved result', () => {
  it('is verified from standard input too', async () => {
    const saved = await group.peer(2).cli('propose', 'Piped', '--json')
    const run = await spawnCli(['verify', '-', '--group', groupFile, '--json'], { input: saved.stdout })
    expect(run.code).toBe(0)
    expect(JSON.parse(run.stdout)).toMatchObject({ valid: true, kind: 'decision' })
  })
})
