/** Processes that the tests start and end by their ids. */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { bin } from './spawn-cli.ts'

/** A `quorate` command that stays until it is ended. */
export interface Running {
  readonly child: ChildProcess
  readonly pid: number
  stdout(): string
  stderr(): string
  /** With what it ended: an exit code, or the name of a signal. */
  readonly ended: Promise<number | string>
}

/** Starts the command line in the background, with all that it says kept. */
export function startCli(argv: readonly string[]): Running {
  return startScript(bin, argv)
}

/** Starts a script with Node.js in the background. */
export function startScript(script: string, argv: readonly string[]): Running {
  const child = spawn(process.execPath, [script, ...argv], { stdio: ['ignore', 'pipe', 'pipe'] })
  const text = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text.stdout += chunk))
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (text.stderr += chunk))
  return {
    child,
    pid: child.pid ?? 0,
    stdout: () => text.stdout,
    stderr: () => text.stderr,
    ended: new Promise(resolve => {
      child.once('error', error => resolve(error.message))
      child.once('close', (code, name) => resolve(name ?? code ?? 'unknown'))
    })
  }
}

/** Does nothing for a process that has ended, and for 0, which stands for all of this test's own processes. */
export function signal(pid: number, name: NodeJS.Signals): void {
  if (pid <= 0) return
  try {
    process.kill(pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** Whether the process still works; one that has ended and was not fetched yet does not. */
export function isAlive(pid: number): boolean {
  if (pid <= 0) return false
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}

/** Resident memory of a process, in MiB. */
export function memoryMiB(pid: number): number {
  const [, kib = '0'] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kib) / 1024
}
