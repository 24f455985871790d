import type { Entry, Envelope, LedgerContext, Opened, Verified } from '@quorate/contracts'
import { reject } from '@quorate/contracts'
import {
  EVIDENCE_KIND,
  createVoterSet,
  encodeCbor,
  entryDigest,
  evidenceShape,
  sha256,
  utf8,
  voteShape
} from '@quorate/core'
import { describe, expect, it } from 'vitest'
import {
  CONVICTIONS_MAX,
  EVIDENCE_MODULE,
  createEvidenceModule,
  createStateLayer,
  readConvictions
} from '../../../src/index.ts'

const set = createVoterSet(0, [{ peerId: 'liar', weight: 1 }], null)

/** A bench whose signatures are a table of what was signed. */
const createBench = () => {
  const signed = new Map<string, Envelope>()
  const open = (frame: Uint8Array): Opened => {
    const envelope = signed.get(sha256(frame))
    return envelope
      ? { ok: true, envelope: envelope as Verified<Envelope> }
      : { ok: false, verdict: reject('not signed') }
  }
  const module = createEvidenceModule(open)
  const layer = createStateLayer()
  let sequence = 0

  const vote = (kind: string, seq: number, content: string): Uint8Array => {
    const digest = sha256(utf8(content))
    const body = voteShape.encode({ epoch: 0, voterSet: set.digest, view: 0, seq, digest })
    const frame = encodeCbor([kind, body])
    signed.set(sha256(frame), { kind, author: 'liar', body, digest: sha256(frame), frame })
    return frame
  }

  /** The ledger's answer to evidence of two votes at that place. */
  const convict = (kind: string, seq: number): string => {
    const pair = { first: vote(kind, seq, 'this'), second: vote(kind, seq, 'that') }
    const draft = { kind: EVIDENCE_KIND, body: encodeCbor(evidenceShape.encode(pair)) }
    const place = { ...draft, author: 'witness', counter: ++sequence, index: 0 }
    const entry: Entry = { ...place, digest: entryDigest(place) }
    const context: LedgerContext = {
      time: sequence,
      seq: sequence,
      parent: set.digest,
      sequence,
      epoch: set
    }
    const verdict = module.validate(layer.reader(EVIDENCE_MODULE), entry, context)
    if (verdict.outcome === 'accept') module.apply(layer.writer(EVIDENCE_MODULE), entry, context)
    return verdict.outcome === 'accept' ? 'accept' : verdict.code
  }

  return { convict, convictions: () => readConvictions(layer.reader('')) }
}

describe('evidence', () => {
  it('convicts a voter once for each kind of vote, so that convicting it never calls for more of it (W78)', () => {
    const bench = createBench()
    expect(bench.convict('pbft/commit', 1)).toBe('accept')
    expect(bench.convict('pbft/commit', 1)).toBe('evidence-known')
    expect(bench.convict('pbft/commit', 2)).toBe('evidence-known')
    expect(bench.convict('pbft/prepare', 2)).toBe('accept')
    expect(bench.convictions().map(({ type, seq }) => [type, seq])).toEqual([
      ['pbft/commit', 1],
      ['pbft/prepare', 2]
    ])
  })

  it('keeps the latest convictions, and may convict again what it has forgotten', () => {
    const bench = createBench()
    const kinds = Array.from({ length: CONVICTIONS_MAX + 1 }, (_, i) => {
      const letters = [i % 26, Math.floor(i / 26) % 26, Math.floor(i / 676)]
      return `${letters.map(letter => String.fromCharCode(97 + letter)).join('')}/commit`
    })
    for (const kind of kinds) expect(bench.convict(kind, 1)).toBe('accept')
    expect(bench.convictions()).toHaveLength(CONVICTIONS_MAX)
    expect(bench.convictions()[0]?.type).toBe(kinds[1])
    expect(bench.convict(kinds[0] as string, 2)).toBe('accept')
    expect(bench.convict(kinds[2] as string, 2)).toBe('evidence-known')
  })
})
