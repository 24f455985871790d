import type { EntryDraft } from '@quorate/contracts'
import { QuorateError } from '@quorate/contracts'
import { describe, expect, it } from 'vitest'
import type { Answer, Asks } from '../../../src/api/asks.ts'
import { createRecordSubmitter, type RecordOutcome } from '../../../src/api/entries/record-submitter.ts'

interface Sent {
  readonly drafts: readonly EntryDraft[]
  end(answer: Answer | undefined): void
}

const draft = (bytes = 1): EntryDraft => ({ kind: 'record', body: new Uint8Array(bytes) })

const executed = (sequence: number, count: number): Answer => ({
  type: 'submission-executed',
  data: { sequence, digests: Array.from({ length: count }, (_, i) => `d${sequence + i}`) }
})

const setUp = (
  init: { submissionsMax?: number; bytesMax?: number; waitingMax?: number; fails?: Error } = {}
) => {
  const sent: Sent[] = []
  const due: (() => void)[] = []
  const asks: Pick<Asks, 'send'> = {
    send: (make, onEnd) => {
      if (init.fails) throw init.fails
      const { drafts } = make('t').payload as { drafts: EntryDraft[] }
      sent.push({ drafts, end: onEnd })
    }
  }
  const records = createRecordSubmitter({ asks, soon: work => void due.push(work), ...init })
  const outcomes: RecordOutcome[] = []
  const add = (...drafts: readonly EntryDraft[]): void => {
    for (const one of drafts) records.add(one, outcome => outcomes.push(outcome))
    for (const work of due.splice(0)) work()
  }
  return { sent, outcomes, add, records }
}

describe('records', () => {
  it('that come together go as one submission, and each learns its place', () => {
    const { sent, outcomes, add } = setUp()
    add(draft(), draft(), draft())
    expect(sent.map(({ drafts }) => drafts.length)).toEqual([3])
    sent[0]?.end(executed(7, 3))
    expect(outcomes).toEqual([7, 8, 9].map(sequence => ({ ok: true, sequence, digest: `d${sequence}` })))
  })

  it('wait while enough submissions are on their way, and make the next one larger', () => {
    const { sent, add, records } = setUp({ submissionsMax: 1 })
    add(draft())
    add(draft())
    add(draft(), draft())
    expect([sent.length, records.waiting]).toEqual([1, 3])
    sent[0]?.end(executed(1, 1))
    expect(sent.map(({ drafts }) => drafts.length)).toEqual([1, 3])
  })

  it('fill a submission up to its bounds, and a large one goes alone', () => {
    const { sent, add } = setUp({ bytesMax: 100, submissionsMax: 99 })
    add(draft(60), draft(40), draft(1), draft(500), draft(1))
    expect(sent.map(({ drafts }) => drafts.map(({ body }) => body.length))).toEqual([
      [60, 40],
      [1],
      [500],
      [1]
    ])
  })

  it('are at most 1024 in a submission', () => {
    const { sent, add } = setUp({ submissionsMax: 99 })
    add(...Array.from({ length: 1500 }, () => draft()))
    expect(sent.map(({ drafts }) => drafts.length)).toEqual([1024, 476])
  })

  it('that do not fit into the queue are told so', () => {
    const { outcomes, add } = setUp({ submissionsMax: 1, waitingMax: 2 })
    add(draft())
    add(draft(), draft(), draft())
    expect(outcomes).toEqual([{ ok: false, code: 'pool-full' }])
  })

  it('share the fate of their submission', () => {
    const { sent, outcomes, add } = setUp()
    add(draft(), draft())
    sent[0]?.end({ type: 'submission-refused', data: { code: 'pool-full' } })
    expect(outcomes).toEqual([
      { ok: false, code: 'pool-full' },
      { ok: false, code: 'pool-full' }
    ])
  })

  it('are told when the daemon stops', () => {
    const { sent, outcomes, add } = setUp()
    add(draft())
    sent[0]?.end(undefined)
    expect(outcomes).toEqual([{ ok: false, code: 'stopped' }])
  })

  it('are told when the node takes no more', () => {
    const { outcomes, add } = setUp({ fails: new QuorateError('QRT_OVERLOADED', 'full') })
    add(draft())
    expect(outcomes).toEqual([{ ok: false, code: 'pool-full' }])
  })
})
