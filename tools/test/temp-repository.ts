/** Writes small repositories to a temporary folder, for checks to find fault with. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'

export type Files = Readonly<Record<string, string>>

/** Returns the folder's path; the folder goes when the test is over. */
export function writeRepository(files: Files): string {
  const root = mkdtempSync(join(tmpdir(), 'quorate-tidy-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  for (const [file, text] of Object.entries({ 'package.json': '{ "name": "root" }', ...files })) {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), text)
  }
  return root
}

/** The manifest of one project, as the boundary checks read it. */
export function manifest(name: string, layer: string, dependencies: readonly string[] = []): string {
  return JSON.stringify({
    name,
    dependencies: Object.fromEntries(dependencies.map(it => [it, '*'])),
    nx: { tags: [`layer:${layer}`] }
  })
}

/** One project per layer that the tests need, each with nothing in it. */
export const PROJECTS: Files = {
  'libs/contracts/package.json': manifest('@quorate/contracts', 'contracts'),
  'libs/core/package.json': manifest('@quorate/core', 'core', ['@quorate/contracts']),
  'libs/consensus/package.json': manifest('@quorate/consensus', 'protocol', ['@quorate/core']),
  'libs/auction/package.json': manifest('@quorate/auction', 'protocol', ['@quorate/core']),
  'libs/runtime/package.json': manifest('@quorate/runtime', 'runtime', ['@quorate/core', 'tsyringe']),
  'libs/simulation/package.json': manifest('@quorate/simulation', 'testing', ['@quorate/consensus']),
  'apps/daemon/package.json': manifest('@quorate/daemon', 'app', ['@quorate/auction']),
  'apps/cli/package.json': manifest('quorate', 'app', ['@quorate/core', '@quorate/daemon'])
}
