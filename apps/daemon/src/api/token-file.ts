import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { writeFileAtomically } from '../home/write-file.ts'

const TOKEN = /^[A-Za-z0-9_-]{43}$/

/** The bearer token of the API on TCP: the one in the file, or a new one, mode 0600. */
export const ensureToken = (path: string): string => {
  const known = readToken(path)
  if (known !== undefined) return known
  const token = randomBytes(32).toString('base64url')
  writeFileAtomically(path, `${token}\n`)
  return token
}

const readToken = (path: string): string | undefined => {
  try {
    const text = readFileSync(path, 'utf8').trim()
    return TOKEN.test(text) ? text : undefined
  } catch {
    return undefined
  }
}
