import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { simulate } from '../../src/cli/simulate.ts'

const MAIN = join(import.meta.dirname, '../../src/main.ts')
const ARGS = ['--conditions=source', '--disable-warning=ExperimentalWarning', MAIN]

const sim = (...args: readonly string[]) =>
  spawnSync(process.execPath, [...ARGS, ...args], { encoding: 'utf8' })

describe('npm run sim', () => {
  it('runs seeds on threads and ends with the totals', () => {
    const { status, stdout, stderr } = sim('--seeds', '6', '--jobs', '2')
    expect(stderr).toBe('')
    expect(stdout.trimEnd().split('\n').at(-1)).toBe('seeds: 6, violations: 0')
    expect(status).toBe(0)
  })

  it('prints the transcript of a run', () => {
    const { status, stdout } = sim('--seeds', '1', '--scenario', 'crash-points', '--verbose')
    expect(status).toBe(0)
    expect(stdout).toMatch(/^seed 1\n +\d+ ms {2}peer-1 crashes after 1 port calls\n/)
    expect(stdout).toMatch(/peer-\d proposal-decided: id [0-9a-f]{8}, sequence 1,/)
    expect(stdout.trimEnd().split('\n').at(-1)).toBe('seeds: 1, violations: 0')
  })

  it('prints every message, too, when it is asked to', () => {
    const { stdout } = sim('--seeds', '1', '--scenario', 'crash-points', '--messages')
    expect(stdout).toMatch(/peer-1 > peer-2 pbft\/commit of peer-1: view \d seq \d [0-9a-f]{8}\n/)
  })

  it('explains itself', () => {
    const { status, stdout } = sim('--help')
    expect(status).toBe(0)
    for (const text of [
      '--seeds',
      '--from',
      '--scenario',
      '--jobs',
      '--verbose',
      '--messages',
      'crash-points',
      '130'
    ])
      expect(stdout).toContain(text)
  })

  it('refuses what makes no sense', () => {
    const { status, stdout, stderr } = sim('--scenario', 'chess')
    expect(status).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).toContain('there is no scenario "chess"')
    expect(stderr).toContain('--help')
  })

  it('ends with 130 and the totals so far when it is interrupted', async () => {
    const child = spawn(process.execPath, [...ARGS, '--seeds', '100000', '--verbose'])
    let printed = ''
    child.stdout.on('data', (data: Buffer) => {
      // It runs: the first seed is being printed.
      if (printed === '') child.kill('SIGINT')
      printed += data.toString()
    })
    const [code] = (await once(child, 'exit')) as [number]
    expect(code).toBe(130)
    expect(printed.trimEnd().split('\n').at(-1)).toMatch(/^seeds: \d+, violations: 0$/)
  })

  it('ends early on threads, too', async () => {
    const printed: string[] = []
    const output = { out: (text: string) => void printed.push(text), terminal: process.stderr }
    const options = { seeds: 100_000, from: 1, scenario: 'all', jobs: 2, verbose: false, messages: false }
    const totals = await simulate(options, output, AbortSignal.timeout(500))
    expect(totals.seeds).toBeLessThan(100_000)
    expect(printed.join('')).toContain(`seeds: ${totals.seeds}, violations: 0`)
  })
})
