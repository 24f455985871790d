/** What a user can get wrong: a clear message, the documented exit code, and nothing half done. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ErrorBody, ProposalView } from '@quorate/contracts'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startGroup, wholeLedger } from './support/group.ts'
import type { Group } from './support/group.ts'
import { spawnCli } from './support/spawn-cli.ts'
import { tempFolder } from './support/temp-folder.ts'

const MIB = 1024 * 1024
const folder = tempFolder()

let group: Group
let height = 0

beforeAll(async () => {
  group = await startGroup()
  height = (await group.peer(1).ready()).height
})
afterAll(async () => {
  await group?.dispose()
  folder.remove()
})
/** Whatever was refused has left nothing behind. */
afterEach(async () => {
  const entries = await wholeLedger(group.peer(2))
  const pending = await group.peer(1).client.proposals({ pending: true })
  if (entries.length === height && pending.length === 0) return
  throw new Error(`left behind: ${entries.length - height} entries, ${pending.length} open proposals`)
})

interface Case {
  readonly what: string
  readonly argv: readonly string[]
  readonly exit: number
  readonly code: string
  readonly says: RegExp
}

const cases: readonly Case[] = [
  {
    what: 'data that is not JSON',
    argv: ['propose', 'x', '--data', '{broken'],
    exit: 2,
    code: 'QRT_USAGE',
    says: /--data is not JSON/
  },
  {
    what: 'an unknown flag',
    argv: ['propose', 'x', '--dedline', '5s'],
    exit: 2,
    code: 'QRT_USAGE',
    says: /--dedline/
  },
  { what: 'an unknown command', argv: ['propse', 'x'], exit: 2, code: 'QRT_USAGE', says: /propse/ },
  {
    what: 'an unknown member',
    argv: ['evidence', 'list', '--member', 'nobody'],
    exit: 1,
    code: 'QRT_NOT_FOUND',
    says: /no member 'nobody'.*peer-1/
  },
  {
    what: 'the beginning that all peer ids share',
    argv: ['evidence', 'list', '--member', '12D3KooW'],
    exit: 2,
    code: 'QRT_AMBIGUOUS',
    says: /12D3KooW/
  },
  {
    what: 'a statement over 8 KiB',
    argv: ['propose', 'é'.repeat(4097)],
    exit: 2,
    code: 'QRT_TOO_LARGE',
    says: /8194 bytes.*8192/
  },
  { what: 'an empty statement', argv: ['propose', ' '], exit: 2, code: 'QRT_USAGE', says: /empty/ },
  {
    what: 'a deadline in the past',
    argv: ['propose', 'x', '--deadline', '-5s'],
    exit: 2,
    code: 'QRT_EXPIRED',
    says: /passed/
  },
  {
    what: 'no deadline at all',
    argv: ['propose', 'x', '--deadline', '0s'],
    exit: 2,
    code: 'QRT_EXPIRED',
    says: /passed/
  },
  {
    what: 'a deadline that is no duration',
    argv: ['propose', 'x', '--deadline', 'soon'],
    exit: 2,
    code: 'QRT_USAGE',
    says: /soon/
  },
  {
    what: 'an unknown proposal',
    argv: ['proposals', 'show', 'ffff'],
    exit: 1,
    code: 'QRT_NOT_FOUND',
    says: /ffff/
  },
  {
    what: 'a vote on an unknown proposal',
    argv: ['vote', 'ff'.repeat(32), 'accept'],
    exit: 1,
    code: 'QRT_NOT_FOUND',
    says: /proposal/
  },
  {
    what: 'a verdict that is none',
    argv: ['vote', 'ffff', 'maybe'],
    exit: 2,
    code: 'QRT_USAGE',
    says: /maybe/
  },
  {
    what: 'a setting that does not exist',
    argv: ['config', 'set', 'ballot.polcy', 'manual'],
    exit: 2,
    code: 'QRT_USAGE',
    says: /ballot\.polcy/
  },
  {
    what: 'a founding of a home that has a group',
    argv: ['init'],
    exit: 1,
    code: 'QRT_GROUP_EXISTS',
    says: /already has a group/
  }
]

describe('refused, with a code, a message and what to do', () => {
  it.each(cases)('$what', async ({ argv, exit, code, says }) => {
    const run = await group.peer(1).json<ErrorBody>(...argv)
    expect({ exit: run.code, code: run.value.error?.code, stderr: run.stderr }).toEqual({
      exit,
      code,
      stderr: ''
    })
    expect(run.value.error.message).toMatch(says)
    const text = await group.peer(1).cli(...argv)
    expect({ exit: text.code, stdout: text.stdout }).toEqual({ exit, stdout: '' })
    expect(text.stderr).toContain(code)
    expect(text.stderr).toMatch(says)
  })
})

describe('data', () => {
  const data = (bytes: number): string => {
    const path = join(folder.path, `${bytes}.json`)
    writeFileSync(path, JSON.stringify('a'.repeat(bytes - 2)))
    return path
  }

  it('of exactly 1 MiB is decided, and every member has it', async () => {
    const argv = ['propose', 'Large', '--data', `@${data(MIB)}`]
    const { code, value } = await group.peer(1).json<ProposalView>(...argv)
    expect([code, value.outcome]).toEqual([0, 'accepted'])
    await group.agree(value.sequence ?? 0)
    const other = await group.peer(4).client.proposal(value.proposalId)
    expect(JSON.stringify(other.decision?.data).length).toBe(MIB)
    height += 1
  })

  it('of exactly 1 MiB is ordered without ballots too', async () => {
    const argv = ['propose', 'Large', '--order-only', '--data', `@${data(MIB)}`]
    const { code, value } = await group.peer(2).json<ProposalView>(...argv)
    expect([code, value.outcome]).toEqual([0, 'accepted'])
    await group.agree(value.sequence ?? 0)
    height += 1
  })

  it('of one byte more is refused, by the command line and by the daemon', async () => {
    const run = await group.peer(1).json<ErrorBody>('propose', 'Too large', '--data', `@${data(MIB + 1)}`)
    expect(run).toMatchObject({ code: 2, value: { error: { code: 'QRT_TOO_LARGE' } } })
    const asked = group.peer(1).client.propose({ statement: 'Too large', data: 'a'.repeat(MIB - 1) })
    await expect(asked).rejects.toMatchObject({ code: 'QRT_TOO_LARGE' })
  })

  it('comes from standard input', async () => {
    const argv = ['--home', group.peer(1).home, 'propose', 'Piped', '--data', '-', '--json']
    const run = await spawnCli(argv, { input: '{"piped":true}' })
    expect(run.code).toBe(0)
    const view = JSON.parse(run.stdout) as ProposalView
    expect(view.decision?.data).toEqual({ piped: true })
    await group.agree(view.sequence ?? 0)
    height += 1
  })
})
