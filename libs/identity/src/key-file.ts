import { createPrivateKey } from 'node:crypto'
import { closeSync, fstatSync, fsyncSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { QuorateError } from '@quorate/contracts'
import { SEED_BYTES, keyOfSeed, type IdentityKey } from './key.ts'

const OWNER_ONLY = 0o600
const GROUP_AND_WORLD = 0o077

/**
 * Writes the key as PKCS #8 PEM (RFC 8410), mode 0600, durably; never over an existing file.
 * Errors: QRT_CONFLICT when there is a file already, QRT_STORAGE_FAILED when the disk refuses.
 */
export const saveKey = (path: string, key: IdentityKey): void => {
  const file = createExclusively(path)
  try {
    writeFileSync(file, key.privateKey.export({ format: 'pem', type: 'pkcs8' }))
    fsyncSync(file)
  } catch (cause) {
    rmSync(path, { force: true })
    throw new QuorateError('QRT_STORAGE_FAILED', `the key could not be written to ${path}`, { cause })
  } finally {
    closeSync(file)
  }
  syncFolder(dirname(path))
}

const createExclusively = (path: string): number => {
  try {
    return openSync(path, 'wx', OWNER_ONLY)
  } catch (cause) {
    if (codeOf(cause) !== 'EEXIST') {
      throw new QuorateError('QRT_STORAGE_FAILED', `the key could not be written to ${path}`, { cause })
    }
    throw new QuorateError('QRT_CONFLICT', `there is a key already at ${path}; it is not overwritten`, {
      cause
    })
  }
}

/** Makes the new name itself durable. Some systems cannot sync a folder; the file's own bytes are synced by then. */
const syncFolder = (folder: string): void => {
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/**
 * Reads a key that `saveKey` wrote.
 * Errors: QRT_CONFIG when there is none or when others than its owner may read it, QRT_STORAGE_CORRUPT when it is not an
 * Ed25519 key.
 */
export const loadKey = (path: string): IdentityKey => {
  const pem = readPrivateFile(path)
  try {
    const { kty, crv, d } = createPrivateKey(pem).export({ format: 'jwk' })
    const seed = Buffer.from(d ?? '', 'base64url')
    if (kty !== 'OKP' || crv !== 'Ed25519' || seed.length !== SEED_BYTES)
      throw new TypeError('not an Ed25519 key')
    return keyOfSeed(seed)
  } catch (cause) {
    throw new QuorateError('QRT_STORAGE_CORRUPT', `${path} is not an Ed25519 private key`, {
      cause,
      suggestions: ['restore it from a backup: quorate keys restore']
    })
  }
}

const readPrivateFile = (path: string): string => {
  const file = openKey(path)
  try {
    refuseReadableByOthers(path, fstatSync(file).mode)
    return readFileSync(file, 'utf8')
  } finally {
    closeSync(file)
  }
}

const openKey = (path: string): number => {
  try {
    return openSync(path, 'r')
  } catch (cause) {
    const problem = codeOf(cause) === 'ENOENT' ? 'there is no key' : 'the key cannot be read'
    throw new QuorateError('QRT_CONFIG', `${problem} at ${path}`, { cause })
  }
}

/** Windows has no such bits; there the folder's access list protects the key. */
const refuseReadableByOthers = (path: string, mode: number): void => {
  if (process.platform === 'win32' || (mode & GROUP_AND_WORLD) === 0) return
  const octal = (mode & 0o777).toString(8).padStart(4, '0')
  throw new QuorateError(
    'QRT_CONFIG',
    `the private key ${path} is open to others than its owner (mode ${octal})`,
    {
      details: { mode: octal },
      suggestions: [`chmod 600 ${path}`]
    }
  )
}

const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined
