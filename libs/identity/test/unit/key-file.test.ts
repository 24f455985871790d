import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { generateKeyPairSync } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { QuorateError } from '@quorate/contracts'
import { generateKey, loadKey, saveKey } from '../../src/index.ts'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quorate-key-'))
  path = join(folder, 'key.pem')
})
afterEach(() => rmSync(folder, { recursive: true }))

const failure = (action: () => unknown): QuorateError => {
  try {
    action()
  } catch (error) {
    if (error instanceof QuorateError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

describe('key files', () => {
  it('keeps a key, readable by its owner only, as standard PEM', () => {
    const key = generateKey()
    saveKey(path, key)
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(readFileSync(path, 'utf8')).toMatch(/^-----BEGIN PRIVATE KEY-----\n/)
    expect(loadKey(path)).toMatchObject({ seed: key.seed, publicKey: key.publicKey, peerId: key.peerId })
  })

  it('never writes over a file', () => {
    writeFileSync(path, 'precious')
    expect(failure(() => saveKey(path, generateKey())).code).toBe('QRT_CONFLICT')
    expect(readFileSync(path, 'utf8')).toBe('precious')
  })

  it.each([0o640, 0o604, 0o620, 0o601])('refuses mode %o and says how to mend it', mode => {
    saveKey(path, generateKey())
    chmodSync(path, mode)
    const error = failure(() => loadKey(path))
    expect(error.code).toBe('QRT_CONFIG')
    expect(error.message).toContain(mode.toString(8))
    expect(error.suggestions).toEqual([`chmod 600 ${path}`])
  })

  it('says when there is no key', () => {
    expect(failure(() => loadKey(path))).toMatchObject({
      code: 'QRT_CONFIG',
      message: `there is no key at ${path}`
    })
  })

  it('says when the folder is missing', () => {
    expect(failure(() => saveKey(join(folder, 'no', 'key'), generateKey())).code).toBe('QRT_STORAGE_FAILED')
  })

  it.each([
    ['empty', ''],
    ['cut short', '-----BEGIN PRIVATE KEY-----\nMC4CAQ\n'],
    [
      'of another kind',
      generateKeyPairSync('ed448').privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()
    ]
  ])('refuses a file that is %s', (_, text) => {
    writeFileSync(path, text, { mode: 0o600 })
    expect(failure(() => loadKey(path)).code).toBe('QRT_STORAGE_CORRUPT')
  })
})
