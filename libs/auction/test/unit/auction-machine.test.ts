import { describe, expect, it } from 'vitest'
import { announceDraft, auctionIdOf, readAuction, type AuctionSpec } from '../../src/index.ts'
import { createCluster, type Cluster, type ClusterInit, type Crash } from '../support/cluster.ts'
import { bidOf, PEERS, registration, seedBytes, spec } from '../support/fixtures.ts'

const begin = (init: Partial<ClusterInit> = {}, lot: AuctionSpec = spec(), strategy = 'truthful') => {
  const cluster = createCluster({ peers: PEERS, ...init })
  cluster.start()
  for (const [i, peer] of PEERS.entries()) {
    const agent = registration('gpu', { rate: 800_000 + 100_000 * i, strategy })
    cluster.command(peer, { name: 'auction.register-agent', payload: { token: `api:${i}`, agent } })
  }
  cluster.run(50)
  const id = auctionIdOf('peer-a', announceDraft(lot).body)
  cluster.command('peer-a', { name: 'auction.announce', payload: { token: 'api:announce', spec: lot } })
  return { cluster, id }
}

const phaseOn = (cluster: Cluster, peer: string, id: string) =>
  readAuction(cluster.peer(peer).state.reader(''), id)?.phase

const ended = (cluster: Cluster, id: string) => () =>
  ['awarded', 'no-award', 'cancelled'].includes(phaseOn(cluster, 'peer-a', id) ?? '')

const counts = (cluster: Cluster): { [kind: string]: number } => {
  const found: { [kind: string]: number } = {}
  for (const { entry } of cluster.ordered) found[entry.kind] = (found[entry.kind] ?? 0) + 1
  return found
}

const states = (cluster: Cluster) =>
  new Set(PEERS.map(peer => JSON.stringify(cluster.peer(peer).state.entries(), replacer)))

const replacer = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value)

describe('an auction among four machines', () => {
  it('goes from announcement to award by itself, each entry once', () => {
    const { cluster, id } = begin()
    cluster.run(20_000, ended(cluster, id))
    expect(counts(cluster)).toEqual({
      'agent-register': 4,
      'auction-announce': 1,
      'auction-commit': 3,
      'auction-close': 1,
      'auction-reveal': 3,
      'auction-award': 1
    })
    const view = readAuction(cluster.peer('peer-d').state.reader(''), id)
    expect(view).toMatchObject({ winningAgent: 'peer-b/gpu', phase: 'awarded', payment: 9 })
    expect(view?.alternates).toEqual(['peer-c/gpu', 'peer-d/gpu'])
    expect(states(cluster).size).toBe(1)
  })

  it('never submits what the state shows as done', () => {
    const { cluster, id } = begin()
    cluster.run(20_000, ended(cluster, id))
    const sent = cluster.submitted.length
    cluster.run(120_000)
    expect(cluster.submitted.length).toBe(sent)
    expect(sent).toBe(cluster.ordered.length)
  })

  it('ends within tens of milliseconds of closing when everybody reveals', () => {
    const { cluster, id } = begin()
    cluster.run(20_000, ended(cluster, id))
    const timeOf = (kind: string) =>
      cluster.ordered.find(({ entry }) => entry.kind === kind)?.context.time ?? 0
    expect(timeOf('auction-award') - timeOf('auction-close')).toBeLessThanOrEqual(50)
  })

  it('forgets its own bids once it is over', () => {
    const { cluster, id } = begin()
    cluster.run(1000)
    expect(cluster.peer('peer-b').store.range('auction/bid')).toHaveLength(1)
    cluster.run(20_000, ended(cluster, id))
    cluster.run(50)
    expect(cluster.peer('peer-b').store.range('auction/bid')).toHaveLength(0)
  })

  it('persists a sealed bid before its commit goes out', () => {
    const { cluster } = begin({ crash: { peer: 'peer-b', atInput: 3, kept: 'persisted', downMs: 1e9 } })
    cluster.run(1000)
    expect(cluster.peer('peer-b').store.range('auction/bid')).toHaveLength(1)
    expect(
      cluster.submitted.some(({ author, draft }) => author === 'peer-b' && draft.kind === 'auction-commit')
    ).toBe(false)
  })

  it('says so when the only capable agents are the initiator’s own', () => {
    const { cluster, id } = begin({}, spec({ capabilities: { unique: 1 } }))
    const agent = registration('own', { capabilities: { unique: 1 } })
    cluster.run(20_000, ended(cluster, id))
    expect(phaseOn(cluster, 'peer-b', id)).toBe('no-award')
    cluster.command('peer-a', { name: 'auction.register-agent', payload: { token: 'api:own', agent } })
    cluster.run(50)
    const again = spec({ capabilities: { unique: 1 }, nonce: seedBytes('again', 16) })
    cluster.command('peer-a', { name: 'auction.announce', payload: { token: 'api:again', spec: again } })
    const next = auctionIdOf('peer-a', announceDraft(again).body)
    cluster.run(20_000, ended(cluster, next))
    expect(readAuction(cluster.peer('peer-b').state.reader(''), next)?.reason).toContain('belong to the peer')
  })
})

describe('a party that fails', () => {
  it.each(PEERS)('%s may be gone for good after the announcement, and the auction still ends', peer => {
    const { cluster, id } = begin()
    cluster.run(100)
    cluster.kill(peer)
    cluster.run(60_000, ended(cluster, id))
    expect(phaseOn(cluster, 'peer-b', id)).toBe('awarded')
    expect(counts(cluster)).toMatchObject({ 'auction-close': 1, 'auction-award': 1 })
  })

  it('may be away over the deadlines: the others close and award without it', () => {
    const cluster = createCluster({ peers: PEERS })
    cluster.start()
    const agent = registration('gpu')
    cluster.command('peer-b', { name: 'auction.register-agent', payload: { token: 'api:b', agent } })
    cluster.command('peer-a', { name: 'auction.announce', payload: { token: 'api:a', spec: spec() } })
    const id = auctionIdOf('peer-a', announceDraft(spec()).body)
    cluster.run(100)
    cluster.kill('peer-a', 3000)
    cluster.run(60_000, ended(cluster, id))
    expect(phaseOn(cluster, 'peer-b', id)).toBe('awarded')
  })

  it('does not reveal again what stands revealed when it comes back', () => {
    const { cluster, id } = begin()
    cluster.run(100)
    cluster.kill('peer-d')
    cluster.run(2200)
    expect(phaseOn(cluster, 'peer-b', id)).toBe('revealing')
    const sent = cluster.submitted.length
    cluster.kill('peer-b', 100)
    cluster.run(1000)
    expect(cluster.submitted.length).toBe(sent)
    cluster.run(20_000, ended(cluster, id))
    expect(counts(cluster)['auction-reveal']).toBe(2)
  })

  const crashes: Crash[] = PEERS.flatMap(peer =>
    [1, 2, 3, 4, 5, 6, 7, 8].flatMap(atInput =>
      (['nothing', 'persisted'] as const).flatMap(kept =>
        [300, 4000].map(downMs => ({ peer, atInput, kept, downMs }))
      )
    )
  )

  it.each(crashes)('ends in one award: $peer down at input $atInput for $downMs ms, $kept kept', crash => {
    const cluster = createCluster({ peers: PEERS, crash })
    cluster.start()
    const lot = spec()
    const id = auctionIdOf('peer-a', announceDraft(lot).body)
    /** Users repeat what was lost with the daemon that they had told. */
    const insist = () => {
      for (const [i, peer] of PEERS.entries()) {
        const agent = registration('gpu', { rate: 800_000 + 100_000 * i })
        const known = cluster.peer('peer-b').state.reader('agents').get(`agent/${peer}/gpu`)
        if (!known)
          cluster.command(peer, { name: 'auction.register-agent', payload: { token: `api:${i}`, agent } })
      }
      cluster.run(4500)
    }
    insist()
    insist()
    for (let i = 0; i < 2 && phaseOn(cluster, 'peer-b', id) === undefined; i++) {
      cluster.command('peer-a', { name: 'auction.announce', payload: { token: 'api:announce', spec: lot } })
      cluster.run(4500, ended(cluster, id))
    }
    cluster.run(60_000, ended(cluster, id))
    expect(phaseOn(cluster, 'peer-b', id)).toBe('awarded')
    expect(counts(cluster)).toMatchObject({ 'auction-announce': 1, 'auction-close': 1, 'auction-award': 1 })
    expect(states(cluster).size).toBe(1)
    // A peer that is back before the deadlines loses nothing by its crash.
    const back = crash.downMs === 300
    expect(counts(cluster)['auction-reveal']).toBeGreaterThanOrEqual(back ? 3 : 2)
  })
})

describe('bidding by hand', () => {
  const announced = () => {
    const at = begin({}, spec(), 'manual')
    at.cluster.run(100)
    return at
  }

  const bid = (cluster: Cluster, auction: string, of: { peer: string; cost: number; token?: string }) =>
    cluster.command(of.peer, {
      name: 'auction.bid',
      payload: { token: of.token ?? 'api:bid', auction, agent: 'gpu', bid: bidOf(of.cost, 0.8, 2) }
    })

  const told = (cluster: Cluster, peer: string, type: string) =>
    cluster.peer(peer).notified.filter(event => event.type === type)

  it('is not done for an agent with strategy manual', () => {
    const { cluster, id } = announced()
    cluster.run(20_000, ended(cluster, id))
    expect(readAuction(cluster.peer('peer-b').state.reader(''), id)).toMatchObject({
      phase: 'no-award',
      reason: 'None of the 3 eligible agents bid.'
    })
  })

  it('seals the bid under the caller’s token and reveals it after closing', () => {
    const { cluster, id } = announced()
    bid(cluster, id, { peer: 'peer-c', cost: 7 })
    cluster.run(20_000, ended(cluster, id))
    const view = readAuction(cluster.peer('peer-b').state.reader(''), id)
    expect(view).toMatchObject({ winningAgent: 'peer-c/gpu', winningBid: { cost: 7 } })
    expect(told(cluster, 'peer-c', 'auction-bid-sealed')).toMatchObject([
      { data: { token: 'api:bid', auction: id, agent: 'gpu', bid: view?.winningBid?.bidId } }
    ])
    expect(counts(cluster)['auction-commit']).toBe(1)
  })

  it('takes the same bid again, and refuses another one', () => {
    const { cluster, id } = announced()
    bid(cluster, id, { peer: 'peer-c', cost: 7 })
    cluster.run(100)
    bid(cluster, id, { peer: 'peer-c', cost: 7 })
    bid(cluster, id, { peer: 'peer-c', cost: 6, token: 'api:other' })
    expect(told(cluster, 'peer-c', 'auction-bid-sealed')).toHaveLength(2)
    expect(told(cluster, 'peer-c', 'submission-refused')).toMatchObject([
      { data: { token: 'api:other', code: 'auction-commit-exists' } }
    ])
    cluster.run(100)
    expect(counts(cluster)['auction-commit']).toBe(1)
  })

  it('is refused with the rule’s name when it cannot count', () => {
    const { cluster, id } = announced()
    bid(cluster, 'ab'.repeat(32), { peer: 'peer-c', cost: 7, token: 'api:1' })
    bid(cluster, id, { peer: 'peer-a', cost: 7, token: 'api:2' })
    cluster.run(3000)
    bid(cluster, id, { peer: 'peer-c', cost: 7, token: 'api:3' })
    const codes = ['peer-a', 'peer-c'].flatMap(peer => told(cluster, peer, 'submission-refused'))
    expect(codes.map(({ data }) => data)).toEqual([
      { token: 'api:2', code: 'auction-not-eligible' },
      { token: 'api:1', code: 'auction-unknown' },
      { token: 'api:3', code: 'auction-closed' }
    ])
  })

  it('can be called off by the initiator', () => {
    const { cluster, id } = announced()
    cluster.command('peer-a', { name: 'auction.cancel', payload: { token: 'api:c', auction: id } })
    cluster.run(50)
    expect(phaseOn(cluster, 'peer-b', id)).toBe('cancelled')
    cluster.command('peer-a', { name: 'auction.cancel', payload: { token: 'api:d', auction: id } })
    expect(told(cluster, 'peer-a', 'submission-refused')).toMatchObject([
      { data: { code: 'auction-finished' } }
    ])
  })
})
