import { readConvictions } from '@quorate/ledger'
import { describe, expect, it } from 'vitest'
import type { Lie } from '../../src/byzantine/liar.ts'
import { FORK, LIES } from '../../src/byzantine/lies.ts'
import { hoard } from '../../src/byzantine/withhold.ts'
import { twoBatches } from '../../src/byzantine/twist-proposals.ts'
import { twoBallots, twoVotes } from '../../src/byzantine/two-votes.ts'
import { charges } from '../../src/checkers/charges.ts'
import type { Cluster } from '../../src/cluster/cluster.ts'
import { busy, record, run, stateOf, type Directed } from '../support/directed.ts'

const lying = (liar: string, lie: Lie, test: Partial<Directed>) =>
  run({
    liars: new Map([[liar, [lie]]]),
    checkers: [charges],
    livenessMs: 120_000,
    script: (cluster, at) => busy(cluster, at),
    ...test
  })

/** The first primary is away for a while, so that the liar has its turn. */
const withViewChange: Directed['script'] = (cluster, at) => {
  const [first] = cluster.members
  busy(cluster, at)
  at(400, () => first && cluster.crash(first))
  at(1_900, () => first && cluster.start(first))
}

describe.each(LIES.map(lie => [lie.name, lie] as const))('a peer that lies by %s', (_, lie) => {
  it.each([
    ['as the first primary, heard by all', 'peer-1', { gossip: true }],
    ['as the next primary', 'peer-2', { gossip: false, script: withViewChange }]
  ])('breaks no promise and holds nobody up, %s', (__, liar, test) => {
    const { violations, batches } = lying(liar, lie, test)
    expect(violations).toEqual([])
    expect(batches).toBeGreaterThan(0)
  })
})

const convictions = ({ members, honest }: Cluster) =>
  members.filter(({ peerId }) => honest.has(peerId)).map(member => readConvictions(stateOf(member)))

describe('a peer that alone has prepared a batch, and hoards it', () => {
  /** All but the liar, and who is primary now or next, are slow: its VIEW-CHANGE is always among the first. */
  const slowDown = (cluster: Cluster): void => {
    const { members, world } = cluster
    const view = Math.max(...members.map(({ running }) => Number(running?.consensus.describe?.()['view'])))
    for (const [i, member] of members.entries())
      member.slowMs = !member.honest || [view % 4, (view + 1) % 4].includes(i) ? 0 : 30
    world.at(world.now() + 5, () => slowDown(cluster))
  }

  // Prepared there alone; or decided there alone, by the COMMITs of two others and its own.
  it.each([
    ['prepared', /prepare$/, []],
    ['decided', /commit$/, ['peer-3']]
  ])('does not hold up the group with what it alone has %s', (_, lost, deaf) => {
    const { violations, batches } = lying('peer-4', hoard, {
      livenessMs: 20_000,
      script: (cluster, at) => {
        const { network, signing } = cluster
        at(20, () =>
          network.lose(({ to }, frame) => {
            const opened = to === 'peer-4' ? undefined : signing.open(frame)
            return opened?.ok === true && (lost.test(opened.envelope.kind) || deaf.includes(to))
          })
        )
        at(30, () => record(cluster, 0, 'prepared at the liar alone'))
        at(50, () => slowDown(cluster))
      }
    })
    expect(violations).toEqual([])
    expect(batches).toBe(1)
  })
})

describe('liars that tell two stories together', () => {
  const forking = (liars: readonly string[], peers: number) =>
    run({
      peers,
      liars: new Map(liars.map(peer => [peer, FORK])),
      script: (cluster, at) => busy(cluster, at)
    })

  it('fork the group when they are more than f: the attack is a real one', () => {
    const { violations } = forking(['peer-1', 'peer-2'], 4)
    expect(['prepared', 'agreement']).toContain(violations[0]?.invariant)
  })

  it.each([
    [4, ['peer-1']],
    [7, ['peer-1', 'peer-2']]
  ])('fork no group of %i that tolerates them', (peers, liars) => {
    expect(forking(liars, peers).violations).toEqual([])
  })
})

describe('a peer that says two things where all hear it', () => {
  it.each([
    ['pbft/pre-prepare', 'peer-1', twoBatches],
    ['pbft/prepare', 'peer-2', twoVotes],
    ['pbft/commit', 'peer-2', twoVotes],
    ['ballot', 'peer-2', twoBallots]
  ] as const)('is convicted of two %s on every ledger', (type, peerId, lie) => {
    const { cluster, violations } = lying(peerId, lie, { gossip: true })
    expect(violations).toEqual([])
    for (const found of convictions(cluster))
      expect(found).toContainEqual(expect.objectContaining({ peerId, type }))
  })

  it('is convicted of two checkpoints as well', () => {
    const script: Directed['script'] = (cluster, at) => busy(cluster, at, 4_000)
    const { cluster } = lying('peer-2', twoVotes, { gossip: true, faultsMs: 4_500, script })
    for (const found of convictions(cluster))
      expect(found).toContainEqual(expect.objectContaining({ peerId: 'peer-2', type: 'pbft/checkpoint' }))
  })
})
