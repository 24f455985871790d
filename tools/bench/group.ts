import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** The command line, as built. */
export const CLI = fileURLToPath(new URL('../../apps/cli/bin/quorate.js', import.meta.url))

export interface BenchPeer {
  readonly name: string
  readonly peerId: string
  readonly home: string
  readonly api: string
  readonly pid: number
}

export interface BenchGroup {
  readonly peers: readonly BenchPeer[]
  stop(): Promise<void>
}

/** Starts `quorate dev` with real daemons in a temporary folder and waits until they are ready. */
export const startGroup = async (peers = 4): Promise<BenchGroup> => {
  const folder = mkdtempSync(join(tmpdir(), 'quorate-bench-'))
  const child = spawn(process.execPath, [CLI, 'dev', '--peers', `${peers}`, '--home', folder, '--json'], {
    stdio: ['ignore', 'pipe', 'inherit']
  })
  const lines = createInterface({ input: child.stdout })
  const [line] = (await Promise.race([once(lines, 'line'), once(child, 'exit').then(() => [''])])) as [string]
  if (line === '') throw new Error('quorate dev ended before it was ready')
  const ready = JSON.parse(line) as { readonly peers: readonly BenchPeer[] }
  return {
    peers: ready.peers,
    stop: async () => {
      child.kill('SIGTERM')
      if (child.exitCode === null) await once(child, 'exit')
      rmSync(folder, { recursive: true, force: true })
    }
  }
}

/** Resident memory of a process in MB (10^6 bytes), from the kernel. */
export const residentMegabytes = (pid: number): number => {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]
  return (Number(kilobytes) * 1024) / 1_000_000
}

/** Wall time of a whole process in ms, over several runs after a warm-up. */
export const wallTimes = (args: readonly string[], runs: number): number[] =>
  Array.from({ length: runs + 1 }, () => {
    const begin = performance.now()
    const { status } = spawnSync(process.execPath, args, { stdio: 'ignore' })
    if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}`)
    return performance.now() - begin
  }).slice(1)
