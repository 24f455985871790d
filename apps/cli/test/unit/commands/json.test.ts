/** Every command with --json, against a daemon: one JSON document on stdout, nothing on stderr, the right calls. */
import { describe, expect, it } from 'vitest'
import { startFakeDaemon } from '../fake-daemon.ts'
import * as fixtures from '../fixtures.ts'
import { documentOf, runCli } from '../run-cli.ts'

interface Case {
  readonly argv: readonly string[]
  readonly result: unknown
  readonly calls: readonly (readonly [route: string, body?: unknown])[]
}

const proposal = { statement: 'Deploy v2', deadlineMs: 30_000, wait: false }
const auction = { task: 'Transcode', wait: false, bidWindowMs: 2000, minBids: 1, deadlineMs: 60_000 }
const waited = expect.stringMatching(/^GET \/v1\/(proposals|auctions)\/\w+\/wait\?timeoutMs=\d+$/) as string

const cases: readonly Case[] = [
  { argv: ['status'], result: fixtures.status, calls: [['GET /v1/status']] },
  { argv: ['peers'], result: fixtures.peers, calls: [['GET /v1/peers']] },
  { argv: ['members', 'list'], result: fixtures.members, calls: [['GET /v1/members']] },
  { argv: ['group', 'export'], result: fixtures.group, calls: [['GET /v1/group']] },
  {
    argv: ['propose', 'Deploy v2'],
    result: fixtures.accepted,
    calls: [['POST /v1/proposals', proposal], [waited]]
  },
  {
    argv: [
      'propose',
      'Deploy v2',
      '--no-wait',
      '--order-only',
      '--data',
      '{"n":1}',
      '--idempotency-key',
      'k'
    ],
    result: expect.objectContaining({ proposalId: 'p1', pending: true }),
    calls: [['POST /v1/proposals', { ...proposal, orderOnly: true, data: { n: 1 }, idempotencyKey: 'k' }]]
  },
  {
    argv: [
      'propose',
      '--option',
      'eu',
      'Deploy v2',
      '--option',
      'us',
      '--tally',
      'ranked',
      '--deadline',
      '5m'
    ],
    result: fixtures.accepted,
    calls: [
      ['POST /v1/proposals', { ...proposal, options: ['eu', 'us'], tally: 'ranked', deadlineMs: 300_000 }],
      [waited]
    ]
  },
  {
    argv: ['vote', 'p1', 'accept', '--confidence', '0.9', '--reason', 'why not', '--option', 'eu'],
    result: { proposalId: 'p1', verdict: 'accept', recorded: true },
    calls: [
      [
        'POST /v1/proposals/p1/votes',
        { verdict: 'accept', confidence: 0.9, reason: 'why not', options: ['eu'] }
      ]
    ]
  },
  {
    argv: ['proposals', 'list'],
    result: [fixtures.accepted, fixtures.rejected],
    calls: [['GET /v1/proposals']]
  },
  { argv: ['proposals', 'list', '--pending'], result: [], calls: [['GET /v1/proposals?pending=true']] },
  { argv: ['proposals', 'show', 'p1'], result: fixtures.accepted, calls: [['GET /v1/proposals/p1']] },
  { argv: ['proposals', 'wait', 'p1'], result: fixtures.accepted, calls: [['GET /v1/proposals/p1']] },
  {
    argv: ['ledger', 'list', '--since', '3', '--limit', '9'],
    result: fixtures.ledger,
    calls: [['GET /v1/ledger?since=3&limit=9']]
  },
  { argv: ['receipt', 'p1'], result: fixtures.receipt, calls: [['GET /v1/receipts/p1']] },
  { argv: ['evidence', 'list'], result: fixtures.evidence, calls: [['GET /v1/evidence']] },
  {
    argv: ['evidence', 'list', '--member', 'alpha'],
    result: [],
    calls: [['GET /v1/members'], ['GET /v1/evidence']]
  },
  { argv: ['evidence', 'show', 'e1'], result: fixtures.evidenceDetail, calls: [['GET /v1/evidence/e1']] },
  { argv: ['agents', 'list'], result: fixtures.agents, calls: [['GET /v1/agents']] },
  {
    argv: ['agents', 'register', 'coder', '--capability', 'gpu', '--capability', 'ts=0.9', '--rate', '2'],
    result: { agent: 'alpha/coder', token: 'secret' },
    calls: [['POST /v1/agents', { name: 'coder', capabilities: { gpu: 1, ts: 0.9 }, rate: 2 }]]
  },
  {
    argv: [
      'agents',
      'register',
      'c',
      '--capability',
      'x',
      '--capacity',
      'cpu=4,memory=1KiB',
      '--exec',
      'run'
    ],
    result: { agent: 'alpha/coder', token: 'secret' },
    calls: [
      [
        'POST /v1/agents',
        { name: 'c', capabilities: { x: 1 }, capacity: { cpu: 4, memory: 1024 }, exec: 'run' }
      ]
    ]
  },
  {
    argv: [
      'auction',
      'Transcode',
      '--weights',
      'cost=1,quality=2',
      '--reserve',
      '9',
      '--payment',
      'second-score'
    ],
    result: fixtures.awarded,
    calls: [
      [
        'POST /v1/auctions',
        { ...auction, weights: { cost: 1, quality: 2 }, reserve: 9, payment: 'second-score' }
      ],
      [waited]
    ]
  },
  {
    argv: [
      'auction',
      'Transcode',
      '--requirements',
      '{"cpu":2,"memory":"4GiB"}',
      '--work',
      '3',
      '--floor',
      '1'
    ],
    result: fixtures.awarded,
    calls: [
      ['POST /v1/auctions', { ...auction, requirements: { cpu: 2, memory: '4GiB' }, work: 3, floor: 1 }],
      [waited]
    ]
  },
  { argv: ['auctions', 'list'], result: [fixtures.awarded], calls: [['GET /v1/auctions']] },
  { argv: ['auctions', 'show', 'a1'], result: fixtures.awarded, calls: [['GET /v1/auctions/a1']] },
  {
    argv: ['auctions', 'cancel', 'a1'],
    result: { ...fixtures.awarded, phase: 'cancelled' },
    calls: [['POST /v1/auctions/a1/cancel', {}]]
  },
  {
    argv: ['auctions', 'replay', 'a1'],
    result: { auctionId: 'a1', matches: true, recorded: 'r', recomputed: 'r' },
    calls: [['POST /v1/auctions/a1/replay', {}]]
  },
  {
    argv: ['bid', 'a1', '--agent', 'coder', '--cost', '4', '--quality', '0.9', '--throughput', '2'],
    result: { auctionId: 'a1', bidId: 'b1', sealed: true },
    calls: [['POST /v1/auctions/a1/bids', { agent: 'coder', cost: 4, quality: 0.9, throughput: 2 }]]
  },
  {
    argv: ['config', 'show'],
    result: { 'ballot.policy': 'manual', listen: ['/ip4/127.0.0.1/tcp/0'] },
    calls: [['GET /v1/config']]
  },
  {
    argv: ['config', 'show', '--origin'],
    result: {
      'ballot.policy': { value: 'manual', origin: 'file' },
      listen: { value: ['/ip4/127.0.0.1/tcp/0'], origin: 'default' }
    },
    calls: [['GET /v1/config']]
  }
]

describe('with --json', () => {
  it.each(cases)('$argv', async ({ argv, result, calls }) => {
    const daemon = await startFakeDaemon()
    const run = await runCli(['--home', daemon.home, ...argv, '--json'])
    expect(run).toMatchObject({ code: 0, stderr: '' })
    expect(documentOf(run)).toEqual(result)
    expect(daemon.calls).toEqual(calls.map(([route, body]) => ({ route, body })))
  })
})

describe('for people', () => {
  it.each(cases)('$argv', async ({ argv }) => {
    const daemon = await startFakeDaemon()
    const run = await runCli([...argv, '--api', daemon.api])
    expect(run).toMatchObject({ code: 0, stderr: '' })
    expect(run.stdout).toMatch(/\S\n$/)
    expect(run.stdout).not.toContain('\u001B')
  })
})
