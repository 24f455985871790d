import type { PeerId } from '@quorate/contracts'
import { BoundedMap } from '@quorate/core'

/** What one refused input costs, in points. Codes that are not listed cost `POINTS_DEFAULT`. */
const POINTS: Readonly<Record<string, number>> = {
  'stream-garbage': 25,
  'stream-oversize': 25,
  'gossip-oversize': 25
}

const POINTS_DEFAULT = 10
const PEERS_MAX = 2_048

/** Local judgement of peers: 0 is good, below is worse, forgotten with time. It is never told to others. */
export interface Scores {
  get(peer: PeerId): number
  /** Lowers the score for one refused input and returns the new one. */
  charge(peer: PeerId, code: string): number
}

interface Entry {
  readonly score: number
  readonly atMs: number
}

export interface ScoresInit {
  readonly halfLifeMs: number
  readonly now: () => number
}

export const createScores = ({ halfLifeMs, now }: ScoresInit): Scores => {
  const records = new BoundedMap<PeerId, Entry>(PEERS_MAX)
  const get = (peer: PeerId): number => {
    const record = records.get(peer)
    return record === undefined ? 0 : decayed(record, now(), halfLifeMs)
  }
  return {
    get,
    charge(peer, code) {
      const score = get(peer) - (POINTS[code] ?? POINTS_DEFAULT)
      records.set(peer, { score, atMs: now() })
      return score
    }
  }
}

/** Halves with every half-life; under half a point it is forgiven. */
const decayed = ({ score, atMs }: Entry, nowMs: number, halfLifeMs: number): number => {
  const left = score * 2 ** (-(nowMs - atMs) / halfLifeMs)
  return left > -0.5 ? 0 : left
}
