import { describe, expect, it } from 'vitest'
import type { CborValue, Envelope } from '@quorate/contracts'
import { conflictOf, voteShape, type Vote } from '../../../src/index.ts'
import { ballotOf } from '../../support/ballots.ts'
import { envelopeOf } from '../../support/fake-signing.ts'

const [one, two] = ['11'.repeat(32), '22'.repeat(32)]
const VOTE: Vote = { epoch: 0, voterSet: 'aa'.repeat(32), view: 1, seq: 5, digest: one }
const vote = (change: Partial<Vote> = {}, author = 'a', kind = 'pbft/commit'): Envelope =>
  envelopeOf(author, kind, voteShape.encode({ ...VOTE, ...change }))

describe('evidence (W77)', () => {
  it.each(['pbft/pre-prepare', 'pbft/prepare', 'pbft/commit', 'pbft/checkpoint', 'qbft/commit'])(
    'convicts who signs two digests in one place: %s',
    kind => {
      const conflict = conflictOf(vote({}, 'a', kind), vote({ digest: two }, 'a', kind))
      expect(conflict).toMatchObject({ peerId: 'a', type: kind, seq: 5, view: 1 })
    }
  )

  it('convicts who casts two ballots', () => {
    const conflict = conflictOf(ballotOf('a'), ballotOf('a', { verdict: 'reject' }))
    expect(conflict).toMatchObject({ peerId: 'a', type: 'ballot', seq: null, view: null })
  })

  it('is named the same for every pair that shows it', () => {
    const ids = [
      conflictOf(vote(), vote({ digest: two })),
      conflictOf(vote({ digest: two }), vote()),
      conflictOf(vote({ digest: two }), vote({ digest: '33'.repeat(32) }))
    ].map(conflict => conflict?.evidenceId)
    expect(new Set(ids).size).toBe(1)
    expect(conflictOf(vote({ seq: 6 }), vote({ seq: 6, digest: two }))?.evidenceId).not.toBe(ids[0])
  })
})

describe('nobody is convicted (W77)', () => {
  const viewChange = (body: CborValue): Envelope => envelopeOf('a', 'pbft/view-change', body)
  it.each<[string, Envelope, Envelope]>([
    ['for saying the same twice', vote(), vote()],
    ['for what another said', vote(), vote({ digest: two }, 'b')],
    ['for another value in another view', vote(), vote({ view: 2, digest: two })],
    ['for another value at another sequence number', vote(), vote({ seq: 6, digest: two })],
    ['for another value in another epoch', vote(), vote({ epoch: 1, digest: two })],
    ['for votes of different types', vote(), vote({ digest: two }, 'a', 'pbft/prepare')],
    ['for one digest under two voter sets', vote(), vote({ voterSet: two })],
    ['for kinds that may be said twice', viewChange([1]), viewChange([2])],
    ['for ballots on different proposals', ballotOf('a'), ballotOf('a', { proposal: two })],
    ['for ballots of different epochs', ballotOf('a'), ballotOf('a', { epoch: 1 })],
    ['by a body that is no ballot', ballotOf('a'), envelopeOf('a', 'ballot', [1])],
    ['by a body that is no vote', vote(), envelopeOf('a', 'pbft/commit', [1])]
  ])('%s', (_, first, second) => {
    expect(conflictOf(first, second)).toBeUndefined()
  })
})
