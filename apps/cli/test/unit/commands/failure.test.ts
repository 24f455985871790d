import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { ERRORS } from '@quorate/contracts'
import type { ErrorCode } from '@quorate/contracts'
import { Problem, startFakeDaemon } from '../fake-daemon.ts'
import { errorOf, runCli } from '../run-cli.ts'

/** Wrong usage, each with what the message says and what is suggested. */
const usage: readonly (readonly [argv: readonly string[], message: string, suggestion: string])[] = [
  [['stauts'], "There is no command 'stauts'.", 'quorate status'],
  [['members'], "'members' needs one of: list.", 'quorate members list'],
  [['members', 'lst'], "There is no command 'members lst'.", 'quorate members list'],
  [['member', 'list'], "There is no command 'member'.", 'quorate members list'],
  [['xyzzy'], "There is no command 'xyzzy'.", 'quorate --help'],
  [['--hom', 'x', 'status'], 'No such flag before a command: --hom', 'Did you mean --home?'],
  [['propose', 'x', '--deadlin', '5s'], 'No such flag: --deadlin', 'Did you mean --deadline?'],
  [['propose'], 'Missing 1 required arg: statement', 'quorate propose --help'],
  [['status', 'now'], 'Unexpected argument: now', 'quorate status --help'],
  [['vote', 'p1', 'maybe'], 'Expected maybe to be one of: accept, reject, abstain', 'quorate vote --help'],
  [['vote', 'p1', 'accept', '--confidence', '2'], '--confidence must be a number from 0 to 1', ''],
  [['propose', 'x', '--tally', 'lottery'], 'Expected --tally=lottery to be one of', 'quorate propose --help'],
  [['propose', 'x', '--deadline', 'soon'], "--deadline is no duration: 'soon'.", '500ms, 30s, 5m or 2h'],
  [['propose', 'x', '--deadline'], 'Flag --deadline expects a value', 'quorate propose --help'],
  [['propose', 'x', '--data', '{oops'], '--data is not JSON', 'Quote text as JSON'],
  [['propose', 'x', '--data', '@/nowhere'], "--data cannot be read from '/nowhere'", ''],
  [['propose', ' '], 'STATEMENT is empty.', ''],
  [['propose', 'x', '--option', 'a', '--option', 'a'], '--option names one option twice.', ''],
  [['agents', 'register', 'a'], 'Missing required flag capability', 'quorate agents register --help'],
  [['auction', 'x', '--weights', 'cost=-1'], '--weights cost must be a number of at least 0', ''],
  [
    ['status', '--api', 'http://example.com'],
    "'http://example.com' is no address of a control API",
    'SSH tunnel'
  ]
]

describe('wrong usage', () => {
  it.each(usage)('%j', async (argv, message, suggestion) => {
    const run = await runCli([...argv, '--json'])
    expect(run).toMatchObject({ code: 2, stderr: '' })
    const error = errorOf(run)
    expect(error.code).toBe('QRT_USAGE')
    expect(error.message).toContain(message)
    expect(error.suggestions.join('\n')).toContain(suggestion)
  })

  it('goes to stderr for people, with the code, the cause and what to try', async () => {
    expect(await runCli(['stauts'])).toEqual({
      code: 2,
      stdout: '',
      stderr: "Error QRT_USAGE: There is no command 'stauts'.\n  Try: quorate status\n"
    })
  })

  it('covers the JSON flag alone', async () => {
    expect(errorOf(await runCli(['--json'])).code).toBe('QRT_USAGE')
  })
})

describe('limits', () => {
  const tooLong = 'é'.repeat(5000)
  it.each([
    ['propose', tooLong],
    ['auction', tooLong],
    ['propose', 'x', '--data', JSON.stringify('x'.repeat(1024 * 1024))]
  ])('%s', async (...argv) => {
    const run = await runCli([...argv, '--json'])
    expect([run.code, errorOf(run).code]).toEqual([2, 'QRT_TOO_LARGE'])
  })

  it('lets through the longest that is allowed', async () => {
    const { api } = await startFakeDaemon()
    const longest = ['propose', 'x'.repeat(8192), '--data', JSON.stringify('x'.repeat(1024 * 1024 - 2))]
    expect(await runCli([...longest, '--api', api])).toMatchObject({ code: 0 })
  })

  it.each([['0s'], ['-5s']])('finds a deadline of %s expired', async deadline => {
    const run = await runCli(['propose', 'x', '--deadline', deadline, '--json'])
    expect([run.code, errorOf(run).code]).toEqual([2, 'QRT_EXPIRED'])
  })
})

describe('errors of the daemon', () => {
  const codes = Object.keys(ERRORS) as ErrorCode[]
  it.each(codes)('%s has its exit code', async code => {
    const { api } = await startFakeDaemon({ 'GET /v1/status': new Problem(code, 'because', ['do this']) })
    const run = await runCli(['status', '--api', api, '--json'])
    expect(run).toMatchObject({ code: ERRORS[code].exit, stderr: '' })
    expect(errorOf(run)).toEqual({ code, message: 'because', suggestions: ['do this'] })
    const forPeople = await runCli(['status', '--api', api])
    expect(forPeople).toEqual({
      code: ERRORS[code].exit,
      stdout: '',
      stderr: `Error ${code}: because\n  Try: do this\n`
    })
  })

  it('cannot forge what stands on the terminal', async () => {
    const { api } = await startFakeDaemon({ 'GET /v1/status': new Problem('QRT_REFUSED', 'a\u001B[2Jb') })
    expect(
      (await runCli(['status', '--api', api], { isTTY: true, env: { NO_COLOR: '1' } })).stderr
    ).toContain('a\\u{1b}[2Jb')
  })
})

describe('no daemon', () => {
  it('names the command that starts one', async () => {
    const home = mkdtempSync(join(tmpdir(), 'quorate-cli-'))
    onTestFinished(() => rmSync(home, { recursive: true }))
    const run = await runCli(['status', '--home', home, '--json'])
    expect(run.code).toBe(3)
    expect(errorOf(run)).toMatchObject({
      code: 'QRT_UNREACHABLE',
      suggestions: [`quorate daemon --home ${home}`]
    })
  })

  it('names the one that makes a home, when there is none', async () => {
    const run = await runCli(['status', '--home', '/no where', '--json'])
    expect(errorOf(run).suggestions).toEqual([
      "quorate init --home '/no where'",
      "quorate daemon --home '/no where'"
    ])
  })

  it('is told from one that may not be called', async () => {
    const home = mkdtempSync(join(tmpdir(), 'quorate-cli-'))
    onTestFinished(() => rmSync(home, { recursive: true }))
    writeFileSync(join(home, 'api.sock'), '')
    expect((await runCli(['status', '--home', home, '--json'])).code).toBe(3)
  })
})

describe('the interrupt', () => {
  it('ends a wait with 130, and says how to take it up again', async () => {
    const controller = new AbortController()
    const { api } = await startFakeDaemon({
      'GET /v1/proposals/p1/wait': () => {
        controller.abort()
        return new Problem('QRT_STARTING')
      }
    })
    const run = await runCli(['propose', 'x', '--api', api, '--json'], { signal: controller.signal })
    expect(run.code).toBe(130)
    expect(errorOf(run)).toEqual({
      code: 'QRT_INTERRUPTED',
      message: 'Interrupted.',
      suggestions: ['quorate proposals wait p1']
    })
  })
})
