import { digest, struct, uint, type ShapeType } from '../shape.ts'

/**
 * The body of every consensus vote: `[epoch, voterSet, view, seq, digest]`. Protocol, group, type and signer are bound by
 * the envelope's kind, its signature's domain and its author. docs/protocol/wire.md, rule W60.
 */
export const voteShape = struct({
  epoch: uint(),
  voterSet: digest(),
  view: uint(),
  seq: uint(),
  digest: digest()
})

export type Vote = ShapeType<typeof voteShape>

/** The kind of the vote of which a quorum decides a batch, for a consensus strategy. */
export const commitKind = (strategy: string): string => `${strategy}/commit`
