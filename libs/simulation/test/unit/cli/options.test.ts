import { availableParallelism } from 'node:os'
import { describe, expect, it } from 'vitest'
import { parseCommand } from '../../../src/cli/options.ts'

const parse = (line: string) => parseCommand(line.split(' ').filter(word => word !== ''))

describe('the arguments', () => {
  it('have defaults', () => {
    const options = {
      seeds: 200,
      from: 1,
      scenario: 'all',
      jobs: availableParallelism(),
      verbose: false,
      messages: false
    }
    expect(parse('')).toEqual({ type: 'run', options })
  })

  it('are read', () => {
    const options = { seeds: 7, from: 9, scenario: 'auction', jobs: 3, verbose: true, messages: false }
    expect(parse('--seeds 7 --from=9 --scenario auction --jobs 3 --verbose')).toEqual({
      type: 'run',
      options
    })
  })

  it.each(['--help', '-h', '--seeds 3 --help'])('ask for help: %s', line => {
    expect(parse(line)).toEqual({ type: 'help' })
  })

  it.each([
    ['--seeds x', '--seeds must be a whole number from 1 to 4294967295, not "x"'],
    ['--seeds 0', '--seeds must be'],
    ['--seeds 1e3', '--seeds must be'],
    ['--seeds', "'--seeds"],
    ['--from -1', '--from'],
    ['--from 99999999999', '--from must be'],
    ['--from 4294967295 --seeds 2', 'seeds go up to 4294967295'],
    ['--jobs 999', '--jobs must be a whole number from 1 to 256'],
    ['--scenario chess', 'there is no scenario "chess"; there are all, consensus'],
    ['--sedes 3', "'--sedes'"],
    ['200', "'200'"]
  ])('are refused, with a reason: %s', (line, reason) => {
    const command = parse(line)
    expect(command).toMatchObject({ type: 'usage-error', message: expect.stringContaining(reason) })
  })
})
