import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import type { Verification } from '@quorate/contracts'
import { group, receipt } from '../fixtures.ts'
import { documentOf, runCli } from '../run-cli.ts'

const verdict: Verification = { valid: true, kind: 'decision', groupId: 'g', reason: '', signers: ['a', 'b'] }
const identity = vi.hoisted(() => ({
  verifyReceipt: vi.fn<(receipt: unknown, group: unknown) => Verification>()
}))
vi.mock('@quorate/identity', () => identity)

it('verify ends with 0 when the receipt is valid', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'quorate-cli-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'receipt.json'), JSON.stringify(receipt))
  writeFileSync(join(folder, 'other-group.json'), JSON.stringify(group))
  identity.verifyReceipt.mockReturnValue(verdict)
  const argv = ['verify', `${folder}/receipt.json`, '--group', `${folder}/other-group.json`]
  const run = await runCli([...argv, '--json'])
  expect(run).toMatchObject({ code: 0, stderr: '' })
  expect(documentOf(run)).toEqual(verdict)
  expect(identity.verifyReceipt).toHaveBeenCalledWith(receipt, group)
  expect((await runCli(argv)).stdout).toContain('✔ valid receipt')
})
