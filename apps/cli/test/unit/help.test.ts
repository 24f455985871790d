import { describe, expect, it } from 'vitest'
import { commands, topics } from '../../src/command-table.ts'
import { describeCommands } from '../../src/help/describe.ts'
import { runCli } from './run-cli.ts'

const names = Object.keys(commands).map(id => id.replace(':', ' '))

describe('help', () => {
  it('of the program names every command and topic', async () => {
    const { code, stdout } = await runCli(['--help'])
    expect(code).toBe(0)
    for (const name of [...Object.keys(topics), ...names.filter(one => !one.includes(' '))]) {
      expect(stdout).toContain(`  ${name} `)
    }
  })

  it('is what a call without arguments gives', async () => {
    expect((await runCli([])).stdout).toBe((await runCli(['--help'])).stdout)
  })

  it.each(names)('of %s shows its usage', async name => {
    const { code, stdout, stderr } = await runCli([...name.split(' '), '--help'])
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toContain(`$ quorate ${name}`)
    expect(stdout).toContain('--json')
  })

  it('of a topic names its commands', async () => {
    const { stdout } = await runCli(['help', 'proposals'])
    expect(stdout).toContain('proposals wait')
  })

  it('says something of every command, flag and argument, with examples', async () => {
    const described = await describeCommands()
    const texts = described.flatMap(({ id, summary, flags, args }) => [
      [id, summary],
      ...Object.entries({ ...flags, ...args }).map(([name, of]) => [`${id} ${name}`, of.description])
    ])
    expect(texts.filter(([, text]) => !/^[A-Z].*\.$/.test(text ?? ''))).toEqual([])
    expect(described.filter(({ examples }) => (examples ?? []).length === 0)).toEqual([])
  })
})
