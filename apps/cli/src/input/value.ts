import { createReadStream } from 'node:fs'
import { QuorateError } from '@quorate/contracts'
import type { Terminal } from '../terminal.ts'
import { INPUT_BYTES_MAX, tooLarge } from './limits.ts'

export interface ValueReader {
  /**
   * A value as given: `@file` is read from that file, `-` from standard input, `@@text` stands for `@text`.
   * One line end at the end of a file is dropped.
   *
   * Errors: QRT_USAGE when it cannot be read or is not UTF-8, QRT_TOO_LARGE.
   */
  read(value: string, name: string): Promise<string>
  /** The bytes of a file, or of standard input for `-`. Errors: as read. */
  readFile(path: string, name: string): Promise<Buffer>
}

export function createValueReader(terminal: Pick<Terminal, 'stdin'>): ValueReader {
  let stdinOf: string | undefined
  const readFile = (path: string, name: string): Promise<Buffer> => {
    if (path !== '-') return readBounded(createReadStream(path), name, `'${path}'`)
    if (stdinOf !== undefined) throw usage(`${stdinOf} has read standard input already; ${name} cannot.`)
    stdinOf = name
    return readBounded(terminal.stdin, name, 'standard input')
  }
  return {
    readFile,
    read: async (value, name) => {
      if (value.startsWith('@@')) return value.slice(1)
      if (value !== '-' && !value.startsWith('@')) return value
      const path = value === '-' ? '-' : value.slice(1)
      return decode(await readFile(path, name), name).replace(/\r?\n$/, '')
    }
  }
}

async function readBounded(source: AsyncIterable<Uint8Array>, name: string, from: string): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  try {
    for await (const chunk of source) {
      bytes += chunk.length
      if (bytes > INPUT_BYTES_MAX) throw tooLarge(name, INPUT_BYTES_MAX, `${from} holds more`)
      chunks.push(chunk)
    }
  } catch (error) {
    if (error instanceof QuorateError) throw error
    throw usage(`${name} cannot be read from ${from}: ${reasonOf(error)}.`, error)
  }
  return Buffer.concat(chunks)
}

function decode(bytes: Buffer, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw usage(`${name} is not UTF-8 text.`, cause)
  }
}

const REASONS: { readonly [code: string]: string } = {
  ENOENT: 'there is no such file',
  EISDIR: 'that is a folder',
  EACCES: 'this user may not read it'
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return REASONS[code] ?? (error instanceof Error ? error.message : String(error))
}

function usage(message: string, cause?: unknown): QuorateError {
  return new QuorateError('QRT_USAGE', message, { cause })
}
