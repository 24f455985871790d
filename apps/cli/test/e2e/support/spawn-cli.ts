/** Runs the built command line in a process of its own. */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { resolve } from 'node:path'

export const bin = resolve(import.meta.dirname, '../../../bin/quorate.js')

/** A command that takes longer is killed by its id, so that no test leaves it behind. */
const RUN_MS_MAX = 55_000

export interface SpawnInit {
  readonly execArgv?: readonly string[]
  readonly env?: { readonly [name: string]: string }
  /** Standard input; absent: none. */
  readonly input?: string
  /** Called with the process once it runs. */
  readonly onStart?: (child: ChildProcess) => void
}

export interface Ended {
  readonly code: number | null
  readonly signal: string | null
  readonly stdout: string
  readonly stderr: string
}

export function spawnCli(argv: readonly string[], init: SpawnInit = {}): Promise<Ended> {
  return spawnCommand(process.execPath, [...(init.execArgv ?? []), bin, ...argv], init)
}

export async function spawnCommand(
  command: string,
  argv: readonly string[],
  init: SpawnInit = {}
): Promise<Ended> {
  const child = spawn(command, argv, {
    env: { ...process.env, ...init.env },
    stdio: [init.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe']
  })
  child.stdin?.end(init.input)
  init.onStart?.(child)
  return ending(child)
}

/** Settles when the process has ended and everything that it wrote has been read. */
async function ending(child: ChildProcess): Promise<Ended> {
  const text = { stdout: '', stderr: '' }
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => (text.stdout += chunk))
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => (text.stderr += chunk))
  const timer = setTimeout(() => child.kill('SIGKILL'), RUN_MS_MAX)
  return new Promise((settle, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => {
      clearTimeout(timer)
      settle({ code, signal, ...text })
    })
  })
}
