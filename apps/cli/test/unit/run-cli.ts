/** Runs the command line in this process, against a terminal that remembers what was written to it. */
import { main } from '../../src/main.ts'
import type { Output, Terminal } from '../../src/terminal.ts'

export interface RunInit {
  readonly stdin?: string | Uint8Array | undefined
  readonly isTTY?: boolean | undefined
  readonly env?: { readonly [name: string]: string } | undefined
  readonly signal?: AbortSignal | undefined
}

export interface RunResult {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

export async function runCli(argv: readonly string[], init: RunInit = {}): Promise<RunResult> {
  const written = { stdout: '', stderr: '' }
  const output = (name: 'stdout' | 'stderr'): Output => ({
    isTTY: init.isTTY ?? false,
    write: text => {
      written[name] += text
    }
  })
  const terminal: Terminal = {
    stdin: stdinOf(init.stdin ?? ''),
    stdout: output('stdout'),
    stderr: output('stderr'),
    env: init.env ?? {},
    signal: init.signal ?? new AbortController().signal
  }
  const code = await main(argv, terminal)
  return { code, ...written }
}

// oxlint-disable-next-line require-await -- an async source, as a real one is
async function* stdinOf(content: string | Uint8Array): AsyncGenerator<Uint8Array> {
  yield Buffer.from(content)
}

/** The one JSON document on stdout; fails when there is anything else. */
export function documentOf(result: RunResult): unknown {
  return JSON.parse(result.stdout)
}

/** The error that a run with --json ends in. */
export function errorOf(result: RunResult): { code: string; message: string; suggestions: string[] } {
  return (documentOf(result) as { error: { code: string; message: string; suggestions: string[] } }).error
}
