/** The demo, as it is promised: every chapter, no failure, in less than a minute. */
import { expect, it } from 'vitest'
import { spawnCli } from './support/spawn-cli.ts'

const CHAPTERS = ['A group of four', 'Decide', 'Allocate', 'Survive a crash', 'Catch a liar', 'Done']
const DEMO_MS_MAX = 60_000

it('runs through, and says what it does', { timeout: 70_000 }, async () => {
  const begin = performance.now()
  const { code, stdout, stderr } = await spawnCli(['dev', '--demo', '--exit'])
  expect({ code, failures: failuresIn(stdout), stderr }).toEqual({ code: 0, failures: [], stderr: '' })
  expect(performance.now() - begin).toBeLessThan(DEMO_MS_MAX)
  const titles = [...stdout.matchAll(/^\d {2}(.+)$/gm)].map(([, title]) => title)
  expect(titles).toEqual(CHAPTERS)
  expect(stdout).not.toContain('\u001B')
})

it('with --json prints one line, and tells its story on standard error', { timeout: 70_000 }, async () => {
  const { code, stdout, stderr } = await spawnCli(['dev', '--demo', '--exit', '--json'])
  expect({ code, failures: failuresIn(stderr) }).toEqual({ code: 0, failures: [] })
  expect(stdout.trimEnd().split('\n').length).toBe(1)
  const { groupId, peers } = JSON.parse(stdout) as { groupId: string; peers: { name: string; pid: number }[] }
  expect(groupId).toMatch(/^[0-9a-f]{64}$/)
  expect(peers.map(({ name }) => name)).toEqual(['peer-1', 'peer-2', 'peer-3', 'peer-4'])
  for (const title of CHAPTERS) expect(stderr).toContain(title)
})

const failuresIn = (text: string): string[] => text.split('\n').filter(line => line.includes('✘'))
