import { chmodSync, lstatSync, mkdirSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { dirname } from 'node:path'
import { QuorateError } from '@quorate/contracts'
import { OWNER_FOLDER } from '../home/write-file.ts'

/**
 * Makes way for a socket at the path: its folder for the owner alone, and a file that a killed daemon left removed; only
 * when nobody answers there. Errors: QRT_ALREADY_RUNNING, QRT_NOT_ALLOWED when the folder is somebody else's,
 * QRT_CONFIG when something is there that is no socket.
 */
export const prepareSocket = async (path: string): Promise<void> => {
  ensureFolder(dirname(path))
  const kind = kindOf(path)
  if (kind === 'none') return
  if (kind === 'other') {
    throw new QuorateError('QRT_CONFIG', `${path} is in the way: it is no socket.`, {
      suggestions: ['Move it away.']
    })
  }
  if (await answers(path)) {
    throw new QuorateError('QRT_ALREADY_RUNNING', `Another daemon answers at ${path}.`, {
      suggestions: ['Stop it first.']
    })
  }
  rmSync(path, { force: true })
}

/** A folder in the system's temporary one could have been made by anybody: it must be ours, and no link. */
const ensureFolder = (folder: string): void => {
  mkdirSync(folder, { recursive: true, mode: OWNER_FOLDER })
  const stat = lstatSync(folder)
  const uid = process.getuid?.()
  if (!stat.isDirectory() || (uid !== undefined && stat.uid !== uid)) {
    throw new QuorateError('QRT_NOT_ALLOWED', `${folder} is not a folder of this user.`)
  }
  if (process.platform !== 'win32') chmodSync(folder, OWNER_FOLDER)
}

const kindOf = (path: string): 'none' | 'socket' | 'other' => {
  const stat = lstatSync(path, { throwIfNoEntry: false })
  if (!stat) return 'none'
  return stat.isSocket() ? 'socket' : 'other'
}

const answers = (path: string): Promise<boolean> =>
  new Promise(resolve => {
    const socket = connect(path)
    const end = (result: boolean): void => {
      socket.destroy()
      resolve(result)
    }
    socket.once('connect', () => end(true))
    socket.once('error', () => end(false))
    socket.setTimeout(1000, () => end(true))
  })
