import { describe, expect, it } from 'vitest'
import { checkImportBoundaries } from '../../tidy/import-boundaries.ts'
import { manifest, PROJECTS, writeRepository } from '../temp-repository.ts'

/** The rules that a file with this text violates, in a repository of otherwise empty projects. */
function rulesFor(file: string, text: string): string[] {
  const root = writeRepository({ ...PROJECTS, [file]: text })
  return checkImportBoundaries(root).map(violation => `${violation.file}:${violation.line} ${violation.rule}`)
}

describe('import boundaries', () => {
  it('accept what the table allows', () => {
    expect(rulesFor('libs/consensus/src/index.ts', "import { quorum } from '@quorate/core'")).toEqual([])
    expect(rulesFor('apps/daemon/src/index.ts', "import { lot } from '@quorate/auction'")).toEqual([])
    expect(rulesFor('libs/runtime/src/index.ts', "import { container } from 'tsyringe'")).toEqual([])
  })

  it.each([
    ['a sibling', "import { lot } from '@quorate/auction'"],
    ['a type of a sibling', "import type { Lot } from '@quorate/auction'"],
    ['a type of a sibling within a type', "export type Lot = import('@quorate/auction').Lot"],
    ['a sibling, to export it again', "export { lot } from '@quorate/auction'"],
    ['a sibling, by import()', "export const lot = () => import('@quorate/auction')"],
    ['a file inside a sibling package', "import { lot } from '@quorate/auction/dist/lot.js'"]
  ])('refuse a protocol project that imports %s', (_, text) => {
    expect(rulesFor('libs/consensus/src/index.ts', text)).toEqual([
      'libs/consensus/src/index.ts:1 layer-import'
    ])
  })

  it('refuse a protocol test that imports a sibling', () => {
    const file = 'libs/consensus/test/unit/tally.test.ts'
    expect(rulesFor(file, "import { lot } from '@quorate/auction'")).toEqual([`${file}:1 layer-import`])
  })

  it.each([
    ['statically', "import { startDaemon } from '@quorate/daemon'"],
    ['as a type', "import type { Daemon } from '@quorate/daemon'"]
  ])('refuse a command line that imports the daemon %s', (_, text) => {
    expect(rulesFor('apps/cli/src/dev.ts', text)).toEqual(['apps/cli/src/dev.ts:1 lazy-import'])
  })

  it('let the command line load the daemon lazily', () => {
    expect(rulesFor('apps/cli/src/dev.ts', "export const load = () => import('@quorate/daemon')")).toEqual([])
  })

  it('refuse a daemon that imports the simulation', () => {
    const text = "import { run } from '@quorate/simulation'"
    expect(rulesFor('apps/daemon/src/index.ts', text)).toEqual(['apps/daemon/src/index.ts:1 layer-import'])
  })

  it('refuse tsyringe outside runtime', () => {
    const text = "\nimport { container } from 'tsyringe'"
    expect(rulesFor('apps/daemon/src/index.ts', text)).toEqual([
      'apps/daemon/src/index.ts:2 restricted-package'
    ])
  })

  it('refuse a relative import that leaves the project', () => {
    const text = "import { lot } from '../../auction/src/index.ts'"
    expect(rulesFor('libs/consensus/src/index.ts', text)).toEqual([
      'libs/consensus/src/index.ts:1 relative-escape'
    ])
  })

  it('refuse a package that the manifest does not declare', () => {
    const text = "import { z } from 'zod'"
    expect(rulesFor('apps/daemon/src/index.ts', text)).toEqual([
      'apps/daemon/src/index.ts:1 undeclared-package'
    ])
  })

  it('refuse a project without a known layer', () => {
    const text = manifest('@quorate/other', 'elsewhere')
    expect(rulesFor('libs/other/package.json', text)).toEqual(['libs/other/package.json:0 layer-tag'])
  })
})
