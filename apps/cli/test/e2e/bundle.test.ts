/** What was built, as it is started by people and by scripts. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { ChildProcess } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { startFakeDaemon } from '../unit/fake-daemon.ts'
import { accepted, pendingFields, status } from '../unit/fixtures.ts'
import { bin, spawnCli, spawnCommand } from './support/spawn-cli.ts'

const manifest = resolve(import.meta.dirname, '../../package.json')
const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }
const oldNode = `data:text/javascript,Object.defineProperty(process.versions,'node',{value:'20.1.0'})`

describe('the built command line', () => {
  it('says its version', async () => {
    const { code, stdout } = await spawnCli(['--version'])
    expect([code, stdout]).toEqual([
      0,
      `quorate/${version} ${process.platform}-${process.arch} node-${process.version}\n`
    ])
  })

  it('gives one JSON document', async () => {
    const { home } = await startFakeDaemon()
    const run = await spawnCli(['--home', home, 'status', '--json'])
    expect(run).toEqual({ code: 0, signal: null, stdout: `${JSON.stringify(status)}\n`, stderr: '' })
  })

  it('shows nothing of its progress in a pipe', async () => {
    const { api } = await startFakeDaemon()
    expect(await spawnCli(['propose', 'x', '--api', api])).toMatchObject({ code: 0, stderr: '' })
  })

  it('has an exit code for a failure, and its help', async () => {
    expect((await spawnCli(['status', '--home', '/nowhere'])).code).toBe(3)
    expect((await spawnCli(['propose', '--help'])).stdout).toContain('$ quorate propose STATEMENT')
  })

  it('ends without a word when the reader has seen enough', async () => {
    const script = `"${process.execPath}" "${bin}" --help | head -n 1`
    const run = await spawnCommand('bash', ['-o', 'pipefail', '-c', script])
    expect(run).toMatchObject({ code: 0, stderr: '' })
  })

  it('ends with 130 at the interrupt, and says how to go on', async () => {
    let child: ChildProcess | undefined
    const { api } = await startFakeDaemon({
      'GET /v1/proposals/p1/wait': async () => {
        child?.kill('SIGINT')
        await new Promise(settle => child?.once('close', settle))
        return { ...accepted, ...pendingFields }
      }
    })
    const run = await spawnCli(['propose', 'x', '--api', api, '--json'], {
      onStart: started => void (child = started)
    })
    expect(run).toMatchObject({ code: 130, stderr: '' })
    expect(JSON.parse(run.stdout)).toMatchObject({
      error: { code: 'QRT_INTERRUPTED', suggestions: ['quorate proposals wait p1'] }
    })
  })
})

describe('an old Node.js', () => {
  it('hands over to the one that the packages bring', async () => {
    const run = await spawnCli(['--version'], { execArgv: ['--import', oldNode] })
    expect(run).toMatchObject({ code: 0, stderr: '' })
    expect(run.stdout).toContain(`quorate/${version}`)
  })

  it('is told so when there is no other', async () => {
    const init = { execArgv: ['--import', oldNode], env: { QUORATE_NODE_CHOSEN: '1' } }
    const run = await spawnCli(['status'], init)
    expect(run).toMatchObject({ code: 1, stdout: '' })
    expect(run.stderr).toContain('QRT_NODE_VERSION')
    const json = await spawnCli(['status', '--json'], init)
    expect(JSON.parse(json.stdout)).toMatchObject({ error: { code: 'QRT_NODE_VERSION' } })
  })
})
