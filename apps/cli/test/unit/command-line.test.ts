import { describe, expect, it } from 'vitest'
import { readCommandLine } from '../../src/command-line.ts'

const ids = new Set(['status', 'members:list', 'vote'])

function read(...argv: string[]) {
  return readCommandLine(argv, ids)
}

describe('the command line', () => {
  it('finds commands of one and of two words', () => {
    expect(read('status', '--json')).toMatchObject({ id: 'status', argv: ['--json'], json: true })
    expect(read('members', 'list', 'x')).toMatchObject({ id: 'members:list', argv: ['x'] })
    expect(read('members:list')).toMatchObject({ id: 'members:list', argv: [] })
  })

  it('takes global flags before the command', () => {
    const line = read('--home', '/h', '--json', 'members', 'list')
    expect(line).toMatchObject({ id: 'members:list', argv: ['--home', '/h', '--json'], json: true })
    expect(read('--home=/h', 'status')).toMatchObject({ id: 'status', argv: ['--home=/h'] })
  })

  it('finds no command where there is none', () => {
    expect(read('members', 'lsit', 'x')).toMatchObject({ id: undefined, words: ['members', 'lsit', 'x'] })
    expect(read()).toMatchObject({ id: undefined, words: [], argv: [] })
  })

  it('knows three ways to ask for help', () => {
    expect(read('help', 'members', 'list')).toMatchObject({ id: 'members:list', help: true })
    expect(read('status', '--help')).toMatchObject({ id: 'status', help: true })
    expect(read('-h')).toMatchObject({ id: undefined, help: true })
  })

  it('leaves alone what stands after --', () => {
    expect(read('vote', '--', '--json', '--help')).toMatchObject({ json: false, help: false })
  })
})
