import { describe, expect, it } from 'vitest'
import { startFakeDaemon } from '../fake-daemon.ts'
import type { Answer } from '../fake-daemon.ts'
import * as fixtures from '../fixtures.ts'
import { documentOf, runCli } from '../run-cli.ts'

const { accepted, rejected, undecided, awarded, pendingFields } = fixtures
const overdue = { ...accepted, ...pendingFields, deadline: '2026-01-01T00:00:00.000Z' }
const bid = ['auction', 'x', '--bid-window', '1ms'] as const

const cases: readonly (readonly [string, number, readonly string[], { readonly [route: string]: Answer }])[] =
  [
    ['accepted', 0, ['propose', 'x'], { 'POST /v1/proposals': accepted }],
    ['rejected', 6, ['propose', 'x'], { 'POST /v1/proposals': rejected }],
    ['undecided', 7, ['propose', 'x'], { 'POST /v1/proposals': undecided }],
    [
      'undecided without a quorum',
      5,
      ['propose', 'x'],
      { 'POST /v1/proposals': { ...undecided, reason: 'no-quorum-reachable' } }
    ],
    ['still open long after the deadline', 7, ['propose', 'x'], { 'POST /v1/proposals': overdue }],
    ['not waited for', 0, ['propose', 'x', '--no-wait'], { 'POST /v1/proposals': overdue }],
    ['a rejected one waited for', 6, ['proposals', 'wait', 'p1'], { 'GET /v1/proposals/p1': rejected }],
    [
      'the wait is over first',
      7,
      ['proposals', 'wait', 'p1', '--timeout', '1ms'],
      { 'GET /v1/proposals/p1': overdue, 'GET /v1/proposals/p1/wait': overdue }
    ],
    ['a rejected one only shown', 0, ['proposals', 'show', 'p1'], { 'GET /v1/proposals/p1': rejected }],
    ['awarded', 0, bid, { 'POST /v1/auctions': awarded }],
    ['no award', 6, bid, { 'POST /v1/auctions': { ...awarded, phase: 'no-award' } }],
    ['cancelled', 6, bid, { 'POST /v1/auctions': { ...awarded, phase: 'cancelled' } }],
    [
      'bidding when the time is up',
      7,
      [...bid, '--deadline', '1ms'],
      {
        'POST /v1/auctions': { ...awarded, phase: 'bidding' },
        'GET /v1/auctions/a1/wait': { ...awarded, phase: 'bidding' }
      }
    ],
    [
      'awarded and carried out',
      0,
      [...bid, '--run'],
      {
        'POST /v1/auctions': awarded,
        'GET /v1/auctions/a1/wait': { ...awarded, result: { status: 'succeeded', output: 1, metrics: {} } }
      }
    ],
    [
      'awarded and failed',
      1,
      [...bid, '--run'],
      { 'POST /v1/auctions': { ...awarded, result: { status: 'failed', output: 1, metrics: {} } } }
    ],
    [
      'an award that cannot be recomputed',
      6,
      ['auctions', 'replay', 'a1'],
      { 'POST /v1/auctions/a1/replay': { auctionId: 'a1', matches: false, recorded: 'r', recomputed: 's' } }
    ]
  ]

describe('exit codes of outcomes', () => {
  it.each(cases)('%s: %i', async (_name, code, argv, routes) => {
    const { api } = await startFakeDaemon(routes)
    const run = await runCli([...argv, '--api', api, '--json'])
    expect(run).toMatchObject({ code, stderr: '' })
    expect(documentOf(run)).not.toHaveProperty('error')
    expect(await runCli([...argv, '--api', api])).toMatchObject({ code, stderr: '' })
  })
})

describe('waiting', () => {
  it('asks again until there is an outcome', async () => {
    let asked = 0
    const pending = { ...accepted, ...pendingFields }
    const { api } = await startFakeDaemon({
      'POST /v1/proposals': pending,
      'GET /v1/proposals/p1/wait': () => (++asked < 3 ? pending : accepted)
    })
    const run = await runCli(['propose', 'x', '--api', api, '--json'])
    expect(run.code).toBe(0)
    expect(asked).toBe(3)
  })
})
