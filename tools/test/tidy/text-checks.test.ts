import { describe, expect, it } from 'vitest'
import { checkDocLinks } from '../../tidy/doc-links.ts'
import { checkFileLength, LINES_MAX, LINES_WARNED } from '../../tidy/file-length.ts'
import { checkLeftovers } from '../../tidy/leftovers.ts'
import { checkMachineTraces } from '../../tidy/machine-traces.ts'
import { writeRepository } from '../temp-repository.ts'

/** Texts are put together here, so that this file passes the checks that it tests. */
const join = (...parts: string[]) => parts.join('')

describe('file length', () => {
  const check = (lines: number) =>
    checkFileLength(writeRepository({ 'libs/core/src/long.ts': '\n'.repeat(lines - 1) + '// end\n' }))

  it('accepts a file at the limit', () => expect(check(LINES_WARNED)).toEqual([]))

  it('warns above the limit', () => {
    expect(check(LINES_WARNED + 1)).toMatchObject([{ rule: 'file-length', severity: 'warning' }])
  })

  it('fails above the maximum', () => {
    expect(check(LINES_MAX + 1)).toMatchObject([{ rule: 'file-length', file: 'libs/core/src/long.ts' }])
    expect(check(LINES_MAX + 1)[0]?.severity).toBeUndefined()
  })
})

describe('leftovers', () => {
  const check = (text: string) => checkLeftovers(writeRepository({ 'libs/core/test/a.test.ts': text }))

  it.each(['only', 'skip'])('refuse .%s', word => {
    expect(check(join('it.', word, "('works', () => {})"))).toMatchObject([{ rule: 'focused-test', line: 1 }])
  })

  it.each([join('TO', 'DO'), join('FIX', 'ME')])('refuse a note to oneself (%s)', word => {
    expect(check(`\n// ${word}: later`)).toMatchObject([{ rule: 'note-to-self', line: 2 }])
  })

  it('accept conditions and ordinary words', () => {
    expect(check("it.skipIf(true)('works', () => {}); stream.skip(1)")).toEqual([])
  })
})

describe('machine traces', () => {
  const check = (text: string) => checkMachineTraces(writeRepository({ 'docs/setup.md': text }))

  it.each([
    ['a home folder', join('cd /ho', 'me/ann/quorate')],
    ['a work folder', join('`/wo', 'rk/main`')],
    ['a Windows home folder', join('C:\\Us', 'ers\\ann')]
  ])('refuse %s', (_, text) => {
    expect(check(text)).toMatchObject([{ rule: 'machine-path', line: 1 }])
  })

  it.each([
    ['a registry host', join('registry=https://regis', 'try.example.org/npm/')],
    ['a resolved host', join('"resol', 'ved": "https://example.org/x.tgz"')]
  ])('refuse %s', (_, text) => {
    expect(check(text)).toMatchObject([{ rule: 'registry-host', line: 1 }])
  })

  it('accept relative paths and ordinary links', () => {
    expect(check('see [npm](https://www.npmjs.com/package/zod) and `apps/cli/work/main.ts`')).toEqual([])
  })
})

describe('doc links', () => {
  const check = (text: string) => checkDocLinks(writeRepository({ 'docs/a.md': text, 'docs/b.md': '# B' }))

  it('accept links that lead somewhere', () => {
    expect(check('[b](b.md#top) [root](../package.json) [site](https://example.org) [up](#top)')).toEqual([])
  })

  it('refuse links that lead nowhere', () => {
    expect(check('\n[c](c.md)')).toMatchObject([{ rule: 'doc-link', file: 'docs/a.md', line: 2 }])
  })

  it('pass over code', () => {
    expect(check('`[c](c.md)`\n```\n[c](c.md)\n```\n')).toEqual([])
  })
})
