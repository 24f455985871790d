import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { ERRORS, QuorateError } from '@quorate/contracts'
import type { ErrorBody, ErrorCode } from '@quorate/contracts'
import { packageFolder } from '../package-folder.ts'
import type { DevHome } from './homes.ts'

/** Where a peer of `dev` writes its log, in its home. */
export const LOG_FILE = 'daemon.log'

/** After SIGTERM; then it is killed. */
const STOP_MS_MAX = 15_000

/** One `quorate daemon` that `dev` started. */
export interface PeerProcess extends DevHome {
  readonly pid: number
  /** Settles when it has ended, with what it says about why. */
  readonly ended: Promise<QuorateError>
  /** Ends it by its pid, and waits. */
  stop(): Promise<void>
  /** SIGKILL: it has no time to say goodbye. Waits until it is gone. */
  kill(): Promise<void>
}

export function startPeer(peer: DevHome): PeerProcess {
  const log = openSync(join(peer.home, LOG_FILE), 'a', 0o600)
  const bin = join(packageFolder(), 'bin/quorate.js')
  const child = spawn(process.execPath, [bin, 'daemon', '--home', peer.home, '--json'], {
    stdio: ['ignore', 'pipe', log, 'ipc'],
    // Ctrl-C on the terminal is for dev, which then stops its peers in order.
    detached: true
  })
  closeSync(log)
  const ended = ending(child, peer)
  return {
    ...peer,
    pid: child.pid ?? 0,
    ended,
    stop: () => stop(child, ended),
    kill: () => kill(child, ended)
  }
}

/** The last thing that the process says on stdout is its error, if it failed. */
async function ending(child: ChildProcess, peer: DevHome): Promise<QuorateError> {
  let said = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-64 * 1024)
  })
  const how = await new Promise<string>(resolve => {
    child.once('error', error => resolve(error.message))
    child.once('close', (code, signal) => resolve(signal === null ? `exit code ${code}` : signal))
  })
  return explain(peer, said, how)
}

function explain(peer: DevHome, said: string, how: string): QuorateError {
  const suggestions = [`Look at its log: ${join(peer.home, LOG_FILE)}`, `quorate daemon --home ${peer.home}`]
  const error = errorIn(said)
  if (error === undefined)
    return new QuorateError('QRT_UNREACHABLE', `${peer.name} has ended (${how}).`, { suggestions })
  return new QuorateError(error.code, `${peer.name}: ${error.message}`, {
    suggestions: [...error.suggestions, ...suggestions]
  })
}

function errorIn(
  said: string
): (Omit<ErrorBody['error'], 'code'> & { readonly code: ErrorCode }) | undefined {
  try {
    const { error } = JSON.parse(said) as Partial<ErrorBody>
    return error !== undefined && Object.hasOwn(ERRORS, error.code)
      ? { ...error, code: error.code as ErrorCode }
      : undefined
  } catch {
    return undefined
  }
}

async function stop(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS_MAX)
  await ended
  clearTimeout(timer)
}

async function kill(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  child.kill('SIGKILL')
  await ended
}
