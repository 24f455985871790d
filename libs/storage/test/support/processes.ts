import { spawn, type ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

/** A child that runs a script of this directory. */
export interface Child {
  readonly process: ChildProcess
  /** Every line that it has printed. */
  readonly lines: readonly string[]
  /** Resolves when it has printed `count` lines, or has ended. */
  printed(count: number): Promise<void>
  /** Resolves when it has ended and all that it printed has been read. */
  readonly ended: Promise<void>
}

const scriptPath = (name: string): string => fileURLToPath(new URL(name, import.meta.url))

const collect = (process: ChildProcess): Pick<Child, 'lines' | 'printed' | 'ended'> => {
  if (process.stdout === null) throw new Error('no standard output')
  const lines: string[] = []
  const waiting: { readonly count: number; readonly resolve: () => void }[] = []
  const settle = (all: boolean): void =>
    waiting.filter(w => all || lines.length >= w.count).forEach(w => w.resolve())
  createInterface({ input: process.stdout }).on('line', line => {
    lines.push(line)
    settle(false)
  })
  const ended = new Promise<void>(resolve => process.on('close', () => resolve())).then(() => settle(true))
  const printed = (count: number): Promise<void> =>
    lines.length >= count ? Promise.resolve() : new Promise(resolve => waiting.push({ count, resolve }))
  return { lines, printed, ended }
}

/** Starts `script` with Node; with `fileKilobytesMax`, no file that it writes may grow beyond that. */
export const startChild = (script: string, args: readonly string[], fileKilobytesMax?: number): Child => {
  const command = [process.execPath, '--conditions=source', scriptPath(script), ...args]
  const limited = ['-c', `ulimit -f ${fileKilobytesMax}; exec "$@"`, 'bash', ...command]
  const [program, rest] =
    fileKilobytesMax === undefined ? [process.execPath, command.slice(1)] : ['bash', limited]
  const child = spawn(program, rest, { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  return { process: child, ...collect(child) }
}
