import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startFakeDaemon } from '../fake-daemon.ts'
import { group, status } from '../fixtures.ts'
import { documentOf, runCli } from '../run-cli.ts'

describe('values', () => {
  it('come from files and from standard input', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'quorate-cli-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    writeFileSync(join(folder, 'data.json'), '{\n  "plan": [1, 2]\n}\n')
    const { api, calls } = await startFakeDaemon()
    const argv = ['propose', '-', '--data', `@${folder}/data.json`, '--no-wait', '--api', api]
    expect(await runCli(argv, { stdin: 'Adopt the plan\n' })).toMatchObject({ code: 0 })
    expect(calls[0]?.body).toMatchObject({ statement: 'Adopt the plan', data: { plan: [1, 2] } })
  })

  it('may begin with a dash after --', async () => {
    const { api, calls } = await startFakeDaemon()
    await runCli(['propose', '--api', api, '--no-wait', '--', '--json'])
    expect(calls[0]?.body).toMatchObject({ statement: '--json' })
  })

  it('go to a file where asked', async () => {
    const { home } = await startFakeDaemon()
    const out = join(home, 'out.json')
    const run = await runCli(['group', 'export', '--out', out, '--home', home])
    expect(run).toEqual({ code: 0, stdout: `Written to ${out}\n`, stderr: '' })
    expect(JSON.parse(readFileSync(out, 'utf8'))).toEqual(group)
  })
})

describe('the place of the daemon', () => {
  it('may stand before the command', async () => {
    const { home } = await startFakeDaemon()
    expect(documentOf(await runCli(['--home', home, 'status', '--json']))).toEqual(status)
  })

  it('comes from the environment when no flag says it', async () => {
    const { home } = await startFakeDaemon()
    process.env['QUORATE_HOME'] = home
    onTestFinished(() => void delete process.env['QUORATE_HOME'])
    expect(documentOf(await runCli(['status', '--json']))).toEqual(status)
  })
})

describe('on a terminal', () => {
  it('JSON is indented', async () => {
    const { api } = await startFakeDaemon()
    const { stdout } = await runCli(['status', '--api', api, '--json'], { isTTY: true })
    expect(stdout).toBe(`${JSON.stringify(status, undefined, 2)}\n`)
  })

  it('there is colour, unless the user does not want it', async () => {
    const { api } = await startFakeDaemon()
    const colourful = await runCli(['status', '--api', api], { isTTY: true })
    const plain = await runCli(['status', '--api', api], { isTTY: true, env: { NO_COLOR: '1' } })
    expect(colourful.stdout).toContain('\u001B[32m')
    expect(plain.stdout).not.toContain('\u001B')
  })
})
