import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { INPUT_BYTES_MAX } from '../../../src/input/limits.ts'
import { createValueReader } from '../../../src/input/value.ts'
import { coded } from '../coded.ts'

function fileWith(content: string | Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), 'quorate-cli-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'value'), content)
  return join(folder, 'value')
}

function readerOf(stdin = '') {
  return createValueReader({ stdin: ReadableStream.from([Buffer.from(stdin)]) })
}

describe('values', () => {
  it('takes text as it is', async () => {
    expect(await readerOf().read('a@b', 'X')).toBe('a@b')
  })

  it('reads @file without its last line end', async () => {
    expect(await readerOf().read(`@${fileWith('one\ntwo\n')}`, 'X')).toBe('one\ntwo')
  })

  it('takes @@ for text that begins with @', async () => {
    expect(await readerOf().read('@@alice leads', 'X')).toBe('@alice leads')
  })

  it('reads - from standard input', async () => {
    expect(await readerOf('piped\r\n').read('-', 'X')).toBe('piped')
  })

  it('reads standard input once', async () => {
    const reader = readerOf('x')
    await reader.read('-', 'STATEMENT')
    await expect(reader.read('-', '--data')).rejects.toThrow(
      'STATEMENT has read standard input already; --data cannot.'
    )
  })

  it('says why a file cannot be read', async () => {
    await expect(readerOf().read('@/nowhere', '--data')).rejects.toThrow(
      "--data cannot be read from '/nowhere': there is no such file."
    )
    await expect(readerOf().read(`@${tmpdir()}`, '--data')).rejects.toThrow('that is a folder')
  })

  it('refuses bytes that are not UTF-8', async () => {
    await expect(readerOf().read(`@${fileWith(new Uint8Array([0xff, 0xfe]))}`, 'X')).rejects.toThrow(
      'X is not UTF-8 text.'
    )
  })

  it('stops reading what does not end', async () => {
    await expect(readerOf().read('@/dev/zero', 'X')).rejects.toThrow(coded('QRT_TOO_LARGE'))
    const large = fileWith(Buffer.alloc(INPUT_BYTES_MAX + 1, 'x'))
    await expect(readerOf().read(`@${large}`, 'X')).rejects.toThrow(coded('QRT_TOO_LARGE'))
  })
})
