import type { Batch, Digest, Envelope, Signing, Submission, Verified } from '@quorate/contracts'
import { createBatch, encodeHeader, voteShape, type Vote } from '@quorate/core'
import {
  KIND,
  contentShape,
  decidedShape,
  newViewShape,
  proposeShape,
  viewChangeShape,
  type NewViewBody,
  type ViewChangeBody
} from '../../src/pbft/messages.ts'
import { GROUP_ID, START_MS, submissionOf, type Bench } from './bench.ts'

/** Messages that a test makes in the name of peers which it does not run. */
export interface Craft {
  vote(peer: number, kind: string, about: Partial<Vote> & Pick<Vote, 'seq' | 'digest'>): Verified<Envelope>
  /** The batch at `seq` 1, or the one after `parent`. */
  batch(statement: string, parent?: Batch): Batch
  propose(
    peer: number,
    batch: Batch,
    about?: { readonly view?: number; readonly signer?: number }
  ): Uint8Array
  /** PRE-PREPARE of the view's primary and PREPAREs of the given backups. */
  prepared(batch: Batch, view: number, backups: readonly number[]): ViewChangeBody['prepared'][number]
  certificate(batch: Batch, view: number, peers: readonly number[]): ViewChangeBody['base'] & object
  viewChange(peer: number, body: Partial<ViewChangeBody> & Pick<ViewChangeBody, 'view'>): Uint8Array
  newView(peer: number, body: Partial<NewViewBody> & Pick<NewViewBody, 'view' | 'viewChanges'>): Uint8Array
  content(peer: number, batch: Batch): Uint8Array
  decided(peer: number, batch: Batch, peers: readonly number[], epoch?: number): Uint8Array
}

export const createCraft = (bench: Bench): Craft => {
  const { epoch, digest: voterSet } = bench.voters
  const primaryOf = (view: number): number => (view % bench.voters.voters.length) + 1
  let counter = 0

  const vote: Craft['vote'] = (peer, kind, about) =>
    bench.signer(peer).sign(kind, voteShape.encode({ epoch, voterSet, view: 0, ...about }))

  const frameOf = (peer: number, kind: string, about: { view: number; seq: number; digest: Digest }) =>
    vote(peer, kind, about).frame

  const certificate: Craft['certificate'] = (batch, view, peers) => {
    const about = { view, seq: batch.header.seq, digest: batch.digest }
    const votes = peers.map(peer => frameOf(peer, KIND.commit, about))
    return { header: encodeHeader(batch.header), certificate: { epoch, view, votes } }
  }

  const contentOf = ({ header, submissions }: Batch) => ({
    header: encodeHeader(header),
    submissions: submissions.map(({ frame }) => frame)
  })

  return {
    vote,
    batch: (statement, parent) => {
      const author: Signing = bench.signer(1)
      const submissions: Submission[] = [submissionOf(author, 10_000 + ++counter, statement)]
      const place = parent
        ? {
            seq: parent.header.seq + 1,
            parent: parent.digest,
            base: parent.header.base + parent.header.count
          }
        : { seq: 1, parent: GROUP_ID, base: 0 }
      return createBatch({ ...place, time: parent?.header.time ?? START_MS }, submissions)
    },
    propose: (peer, batch, about = {}) => {
      const { view = 0, signer = peer } = about
      const place = { view, seq: batch.header.seq, digest: batch.digest }
      const prePrepare = frameOf(signer, KIND.prePrepare, place)
      return bench.signer(peer).sign(KIND.propose, proposeShape.encode({ prePrepare, ...contentOf(batch) }))
        .frame
    },
    prepared: (batch, view, backups) => {
      const about = { view, seq: batch.header.seq, digest: batch.digest }
      return {
        header: encodeHeader(batch.header),
        prePrepare: frameOf(primaryOf(view), KIND.prePrepare, about),
        prepares: backups.map(peer => frameOf(peer, KIND.prepare, about))
      }
    },
    certificate,
    viewChange: (peer, body) =>
      bench
        .signer(peer)
        .sign(KIND.viewChange, viewChangeShape.encode({ epoch, voterSet, base: null, prepared: [], ...body }))
        .frame,
    newView: (peer, body) =>
      bench
        .signer(peer)
        .sign(KIND.newView, newViewShape.encode({ epoch, voterSet, prePrepares: [], ...body })).frame,
    content: (peer, batch) =>
      bench.signer(peer).sign(KIND.content, contentShape.encode(contentOf(batch))).frame,
    decided: (peer, batch, peers, claimed = epoch) => {
      const { certificate: votes } = certificate(batch, 0, peers)
      const body = { ...contentOf(batch), certificate: { ...votes, epoch: claimed } }
      return bench.signer(peer).sign(KIND.decided, decidedShape.encode(body)).frame
    }
  }
}
