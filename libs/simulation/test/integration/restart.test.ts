import { LEDGER_SPACES, readDecided } from '@quorate/ledger'
import { describe, expect, it } from 'vitest'
import type { Cluster } from '../../src/cluster/cluster.ts'
import { heightOf } from '../../src/cluster/heights.ts'
import type { Member } from '../../src/cluster/member.ts'
import { busy, propose, record, run, stateOf } from '../support/directed.ts'

const restart = (cluster: Cluster, member: Member): void => {
  if (member.running) cluster.crash(member)
  cluster.start(member)
}

/** How many rows of history each member has. */
const histories = ({ members }: Cluster): number[] =>
  members.map(({ disk }) => disk.range(LEDGER_SPACES.batches).length)

describe('Restart of any daemon at any time loses nothing and never makes it vote twice', () => {
  // The checkers watch every message: honest equivocation, gaps, two histories, lost submissions are violations.
  it.each([0, 1, 2, 3])('peer %i, every 37 ms, while the group works', node => {
    const { violations, cluster, batches } = run({
      script: (group, at) => {
        busy(group, at)
        for (let ms = 30; ms < 1_900; ms += 37) at(ms, () => restart(group, group.members[node] as Member))
      }
    })
    expect(violations).toEqual([])
    expect(batches).toBeGreaterThan(5)
    expect(new Set(cluster.members.map(heightOf)).size).toBe(1)
  })

  it('all of them at once, again and again', () => {
    const { violations, cluster } = run({
      script: (group, at) => {
        busy(group, at)
        for (let ms = 100; ms < 1_900; ms += 113)
          at(ms, () => {
            for (const member of group.members) restart(group, member)
          })
      }
    })
    expect(violations).toEqual([])
    expect(new Set(histories(cluster)).size).toBe(1)
  })

  it('with what was decided still decided, and what was asked for still on its way', () => {
    const asked: { id?: string } = {}
    const { violations, cluster } = run({
      script: (group, at) => {
        at(50, () => {
          asked.id = propose(group, 2, 'survives')
        })
        at(60, () => record(group, 1, 'survives, too'))
        at(90, () => {
          for (const member of group.members) group.crash(member)
        })
        at(1_000, () => {
          for (const member of group.members) group.start(member)
        })
      }
    })
    expect(violations).toEqual([])
    for (const member of cluster.members)
      expect(readDecided(stateOf(member), asked.id ?? '')?.outcome).toBe('accepted')
  })

  it('by hand: a second, different ballot is refused after a restart as before', () => {
    const verdicts: string[] = []
    const { violations, cluster } = run({
      policy: 'manual',
      livenessMs: 5_000,
      script: (group, at) => {
        const [, voter] = group.members as [Member, Member]
        const asked: { id?: string } = {}
        const vote = (verdict: string) =>
          voter.running?.node.command({
            name: 'ballots.vote',
            payload: {
              proposalId: asked.id,
              verdict,
              confidencePpm: 1,
              reason: '',
              options: [],
              token: verdict
            }
          })
        const listen = () =>
          voter.running?.node.subscribe(({ type, data }) => {
            if (type === 'reply') verdicts.push(JSON.stringify(data))
          })
        at(10, () => {
          asked.id = propose(group, 0, 'by hand')
          listen()
        })
        at(50, () => vote('accept'))
        at(60, () => vote('reject'))
        at(80, () => {
          restart(group, voter)
          listen()
        })
        at(120, () => vote('reject'))
        at(130, () => vote('accept'))
      }
    })
    expect(verdicts).toEqual([
      '{"token":"accept","ok":true}',
      '{"token":"reject","ok":false,"code":"ballot-differs"}',
      '{"token":"reject","ok":false,"code":"ballot-differs"}',
      '{"token":"accept","ok":true}'
    ])
    // Nobody else votes: it stays open, and that is all.
    expect(violations.map(({ invariant }) => invariant)).toEqual(cluster.members.map(() => 'liveness'))
  })
})
