import { describe, expect, it } from 'vitest'
import {
  agentFromRequest,
  auctionSpecFromRequest,
  bidFromRequest,
  parseMemory,
  registerDraft,
  type AuctionStart
} from '../../src/index.ts'
import { registration, seedBytes } from '../support/fixtures.ts'
import { createTestLedger } from '../support/ledger.ts'

const ask = (request: Partial<AuctionStart>, agents: Parameters<typeof registration>[1][] = []) => {
  const ledger = createTestLedger()
  for (const [i, more] of agents.entries())
    ledger.submit('peer-b', registerDraft(registration(`x${i}`, more)))
  return auctionSpecFromRequest(
    { task: 'Render', ...request },
    { state: ledger.state, nonce: seedBytes(1, 16) }
  )
}

const issuesOf = (result: ReturnType<typeof ask>) => (result.ok ? '' : result.issues.join('\n'))

describe('memory sizes', () => {
  it.each([
    ['4GiB', 4 * 2 ** 30],
    ['512MiB', 512 * 2 ** 20],
    ['1.5 GB', 1_500_000_000],
    ['2k', 2000],
    ['0.5KiB', 512],
    [1024, 1024],
    ['100B', 100]
  ])('%s is %d bytes', (given, bytes) => {
    expect(parseMemory(given)).toBe(bytes)
  })

  it.each(['', 'lots', '-1', '1e3', 'GiB', '9999999TiB'])('"%s" is none', given => {
    expect(parseMemory(given)).toBeUndefined()
  })
})

describe('an auction request', () => {
  it('takes the documented standards for what it leaves open', () => {
    expect(ask({})).toMatchObject({
      ok: true,
      value: {
        taskClass: 'general',
        weights: { cost: 400_000, quality: 300_000, performance: 200_000, reliability: 100_000 },
        work: 1_000_000,
        reserve: 3_000_000,
        floor: 0,
        targetMs: 500,
        scoring: { id: 'anchored', version: 1 },
        payment: 'first-score',
        minBids: 1,
        bidWindowMs: 2000,
        initiatorMayBid: false
      }
    })
  })

  it('derives the reserve and the target from registrations, by the median', () => {
    const agents = [
      { rate: 1_000_000, throughput: 1_000_000 },
      { rate: 2_000_000, throughput: 4_000_000 },
      { rate: 900_000_000, throughput: 900_000_000 }
    ]
    expect(ask({ work: 10 }, agents)).toMatchObject({ value: { reserve: 60_000_000, targetMs: 1250 } })
  })

  it('asks only the agents that are capable of the task', () => {
    const agents = [{ rate: 5_000_000 }, { rate: 1_000_000, capabilities: {} }]
    expect(ask({ requirements: { capabilities: { gpu: 0.5 } } }, agents)).toMatchObject({
      value: { reserve: 15_000_000 }
    })
  })

  it('converts requirements to base units', () => {
    const requirements = { capabilities: { gpu: 0.8 }, cpu: 2.5, memory: '4GiB', taskClass: 'transcode' }
    expect(ask({ requirements })).toMatchObject({
      value: {
        capabilities: { gpu: 800_000 },
        resources: { cpu: 2500, memory: 4 * 2 ** 30 },
        taskClass: 'transcode'
      }
    })
  })

  it('accepts weights that do not sum to one', () => {
    expect(ask({ weights: { cost: 3, quality: 1 } })).toMatchObject({
      value: { weights: { cost: 3_000_000 } }
    })
  })

  it.each<[string, Partial<AuctionStart>, RegExp]>([
    ['a negative weight', { weights: { cost: -0.1, quality: 1 } }, /weight "cost" must be a number from 0/],
    ['weights that are all zero', { weights: { cost: 0 } }, /at least one weight/],
    ['an unknown criterion', { weights: { charm: 1 } }, /criterion/],
    ['no work', { work: 0 }, /work must be above 0/],
    ['a floor at the reserve', { reserve: 2, floor: 2 }, /reserve must be above the floor/],
    ['a reserve of nothing', { reserve: 0 }, /reserve must be above 0/],
    ['an unknown strategy', { scoring: 'charm' }, /scoring strategy/],
    ['second-score without a price', { payment: 'second-score', weights: { quality: 1 } }, /second-score/],
    ['a level above one', { requirements: { capabilities: { gpu: 1.1 } } }, /from 0 to 1/],
    ['an odd memory size', { requirements: { memory: 'lots' } }, /memory must be a size/],
    ['half a bid', { minBids: 0.5 }, /whole number from 1/],
    ['a window of nothing', { bidWindowMs: 0 }, /whole number from 1/],
    ['a task that is too long', { task: 'x'.repeat(8193) }, /8192/],
    ['no task', { task: '' }, /8192/],
    ['infinite work', { work: Number.POSITIVE_INFINITY }, /work must be a number/]
  ])('is refused with %s', (_, request, message) => {
    expect(issuesOf(ask(request))).toMatch(message)
  })

  it('survives any JSON where numbers should be', () => {
    const odd = {
      weights: 'x',
      work: '1',
      requirements: { capabilities: [], cpu: 'two' }
    } as unknown as AuctionStart
    expect(issuesOf(ask(odd)).split('\n')).toHaveLength(4)
  })
})

describe('an agent request', () => {
  it('keeps undeclared what is not given', () => {
    expect(agentFromRequest({ name: 'a', capabilities: { gpu: 1 } })).toEqual({
      ok: true,
      value: {
        name: 'a',
        capabilities: { gpu: 1_000_000 },
        capacity: {},
        rate: 1_000_000,
        throughput: null,
        quality: null,
        strategy: 'truthful'
      }
    })
  })

  it('converts what is given', () => {
    const request = {
      name: 'a',
      capabilities: {},
      capacity: { cpu: 4, memory: 8 * 2 ** 30 },
      rate: 0.25,
      throughput: 3,
      quality: 0.9,
      strategy: 'cost-plus'
    }
    expect(agentFromRequest(request)).toMatchObject({
      value: {
        capacity: { cpu: 4000, memory: 8 * 2 ** 30 },
        rate: 250_000,
        throughput: 3_000_000,
        quality: 900_000,
        strategy: 'cost-plus'
      }
    })
  })

  it.each([
    [{ name: 'A b' }, /1 to 63/],
    [{ quality: 2 }, /from 0 to 1/],
    [{ throughput: 0 }, /above 0/],
    [{ rate: -1 }, /from 0/],
    [{ capacity: { cpu: -1 } }, /capacity "cpu"/],
    [{ strategy: 'sneaky' }, /no bidding strategy "sneaky"/]
  ])('is refused: %j', (more, message) => {
    const result = agentFromRequest({ name: 'a', capabilities: {}, ...more })
    expect(result.ok ? '' : result.issues.join()).toMatch(message)
  })
})

describe('a bid request', () => {
  it('converts, and refuses what makes no sense', () => {
    expect(bidFromRequest({ cost: 1.5, quality: 0.5, throughput: 2 })).toEqual({
      ok: true,
      value: { cost: 1_500_000, quality: 500_000, throughput: 2_000_000, note: '' }
    })
    expect(bidFromRequest({ cost: -1, quality: 2, throughput: Number.NaN })).toMatchObject({ ok: false })
    expect(bidFromRequest({ cost: 1, quality: 1, throughput: 0 })).toMatchObject({ ok: false })
    expect(bidFromRequest({ cost: 1, quality: 1, throughput: 1, note: 'x'.repeat(1025) })).toMatchObject({
      ok: false
    })
  })
})
