import type { StoreOp, StoreReader } from '@quorate/contracts'

/** Spaces of the store that the ballots machine owns. Rows go when the proposal is decided or long past. */
export const BALLOT_SPACES = {
  /** proposal id -> frame */
  proposals: 'ballots/proposal',
  /** proposal id / voter -> frame */
  ballots: 'ballots/ballot'
} as const

export const saveProposal = (id: string, frame: Uint8Array): StoreOp => ({
  type: 'put',
  space: BALLOT_SPACES.proposals,
  key: id,
  value: frame
})

export const saveBallot = (id: string, voter: string, frame: Uint8Array): StoreOp => ({
  type: 'put',
  space: BALLOT_SPACES.ballots,
  key: `${id}/${voter}`,
  value: frame
})

export const dropProposal = (id: string): StoreOp[] => [
  { type: 'delete', space: BALLOT_SPACES.proposals, key: id },
  // '0' follows '/' in code-unit order.
  { type: 'delete-range', space: BALLOT_SPACES.ballots, from: `${id}/`, to: `${id}0` }
]

export const loadProposals = (store: StoreReader): Uint8Array[] =>
  store.range(BALLOT_SPACES.proposals).map(({ value }) => value)

export const loadBallots = (store: StoreReader, id: string): Uint8Array[] =>
  store.range(BALLOT_SPACES.ballots, { from: `${id}/`, to: `${id}0` }).map(({ value }) => value)
