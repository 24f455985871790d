import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Verification } from '@quorate/contracts'
import { accepted, group, receipt, undecided } from '../fixtures.ts'
import { documentOf, errorOf, runCli } from '../run-cli.ts'
import type { RunResult } from '../run-cli.ts'

interface Files {
  readonly [name: string]: string | Uint8Array
}

function folderWith(files: Files): string {
  const folder = mkdtempSync(join(tmpdir(), 'quorate-cli-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
  return folder
}

/** Verifies `receipt.json` of a home that holds these files. */
async function verify(files: Files, ...flags: string[]): Promise<RunResult> {
  const home = folderWith(files)
  return runCli(['verify', join(home, 'receipt.json'), '--home', home, '--json', ...flags])
}

const groupFile = { 'group.json': JSON.stringify(group) }

describe('verify', () => {
  it('hands the receipt and the group of the home to the verifier', async () => {
    const run = await verify({ ...groupFile, 'receipt.json': JSON.stringify(receipt) })
    expect(run).toMatchObject({ code: 6, stderr: '' })
    expect(documentOf(run)).toMatchObject({ valid: false, signers: [] })
  })

  it('finds the receipt in a saved result', async () => {
    const bare = await verify({ ...groupFile, 'receipt.json': JSON.stringify(receipt) })
    const saved = await verify({ ...groupFile, 'receipt.json': JSON.stringify(accepted) })
    expect(documentOf(saved)).toEqual(documentOf(bare))
  })

  it.each([
    ['garbage', 'not json at all'],
    ['half a receipt', JSON.stringify(receipt).slice(0, 50)],
    ['nothing', ''],
    ['bytes', new Uint8Array([0xff, 0x00, 0xfe])]
  ])('finds no valid receipt in %s', async (_name, content) => {
    const run = await verify({ ...groupFile, 'receipt.json': content })
    expect(run.code).toBe(6)
    const { valid, reason } = documentOf(run) as Verification
    expect([valid, reason]).toEqual([false, expect.stringContaining('not JSON')])
  })

  it('says that an open outcome has no receipt', async () => {
    const run = await verify({ ...groupFile, 'receipt.json': JSON.stringify(undecided) })
    expect(run.code).toBe(6)
    expect((documentOf(run) as Verification).reason).toContain('the outcome was open')
  })

  it.each([{ proposalId: 'another' }, { sequence: 43 }])(
    'does not let a receipt vouch for %j',
    async field => {
      const run = await verify({ ...groupFile, 'receipt.json': JSON.stringify({ ...accepted, ...field }) })
      expect(run.code).toBe(6)
      expect((documentOf(run) as Verification).reason).toBe(
        'the result is not the one that its receipt is of'
      )
    }
  )

  it('reads standard input', async () => {
    const home = folderWith(groupFile)
    const run = await runCli(['verify', '-', '--home', home, '--json'], { stdin: JSON.stringify(receipt) })
    expect(run.code).toBe(6)
  })

  it('tells how to get a group file when there is none', async () => {
    const run = await verify({ 'receipt.json': JSON.stringify(receipt) })
    expect(run.code).toBe(1)
    expect(errorOf(run).code).toBe('QRT_NO_GROUP')
    expect(errorOf(run).suggestions.join(' ')).toContain('quorate group export')
  })

  it('refuses a group file that is none', async () => {
    const run = await verify({ 'group.json': '<html>', 'receipt.json': JSON.stringify(receipt) })
    expect([run.code, errorOf(run).code]).toEqual([2, 'QRT_USAGE'])
  })

  it('refuses a file that is not there, or too large', async () => {
    const missing = await verify(groupFile)
    expect([missing.code, errorOf(missing).code]).toEqual([2, 'QRT_USAGE'])
    const home = folderWith(groupFile)
    const large = await runCli(['verify', '/dev/zero', '--home', home, '--json'])
    expect([large.code, errorOf(large).code]).toEqual([2, 'QRT_TOO_LARGE'])
  })
})
