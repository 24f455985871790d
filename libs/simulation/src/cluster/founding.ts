import type { CborValue, FoundingDocument, StrategyChoice } from '@quorate/contracts'
import { CONTRACT_VERSION } from '@quorate/contracts'

/** Virtual time begins here: a fixed day, so that a seed always sees the same dates. */
export const EPOCH_MS = Date.UTC(2026, 0, 1)

export interface Config {
  readonly [key: string]: CborValue
}

export interface GroupInit {
  /** Voters, called `peer-1`, `peer-2`, ... */
  readonly peers: number
  readonly consensus: { readonly name: string; readonly config: Config }
  readonly auction?: Config
}

const choice = (name: string, config: Config): StrategyChoice => ({ name, version: 1, config })

export const foundingOf = ({ peers, consensus, auction = {} }: GroupInit): FoundingDocument => ({
  version: 1,
  name: `simulated ${CONTRACT_VERSION}`,
  createdAt: EPOCH_MS,
  nonce: new Uint8Array(16),
  members: Array.from({ length: peers }, (_, i) => ({
    peerId: `peer-${i + 1}`,
    member: `member-${i + 1}`,
    role: 'voter' as const,
    weight: 1
  })),
  faultTolerance: null,
  consensus: choice(consensus.name, consensus.config),
  auction: choice('sealed-bid', auction)
})
