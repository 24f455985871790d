import type { Digest, PeerId, StoreOp } from '@quorate/contracts'
import { compareText, sha256Parts, utf8 } from '@quorate/core'
import { LEDGER_SPACES } from '@quorate/ledger'
import type { Member } from '../cluster/member.ts'
import type { Checker } from './checker.ts'

/**
 * Equal state at equal heights. After each batch: the digest of everything that execution has written so far. At the end:
 * the digest of the state as it stands on the disk.
 */
export const state: Checker = bench => {
  const agreed = new Map<number, Digest>()
  const running = new Map<PeerId, Digest>()

  const compare = (node: PeerId, seq: number, digest: Digest): void => {
    const first = agreed.get(seq) ?? digest
    agreed.set(seq, first)
    if (first !== digest) bench.violated('state', `${node} has another state after ${seq}`)
  }

  return {
    executed: (node, { header, writes }) => {
      const digest = sha256Parts([utf8(running.get(node) ?? ''), ...writtenBytes(writes)])
      running.set(node, digest)
      compare(node, header.seq, digest)
    },
    ended: members => {
      const byHeight = new Map<string, Digest>()
      for (const member of members.filter(({ honest }) => honest)) {
        const height = running.get(member.peerId) ?? ''
        const digest = diskDigest(member)
        if ((byHeight.get(height) ?? digest) !== digest)
          bench.violated('state', `${member.peerId} has another state on its disk`)
        byHeight.set(height, digest)
      }
    }
  }
}

/** Writes of one batch in a canonical order: each key is written once. */
const writtenBytes = (writes: readonly StoreOp[]): Uint8Array[] =>
  writes
    .map(op => (op.type === 'delete-range' ? { ...op, key: op.from } : op))
    .toSorted((a, b) => compareText(a.key, b.key))
    .flatMap(op => [utf8(`${op.type} ${op.key} `), op.type === 'put' ? op.value : new Uint8Array()])

const diskDigest = ({ disk }: Member): Digest =>
  sha256Parts(disk.range(LEDGER_SPACES.state).flatMap(({ key, value }) => [utf8(`${key} `), value]))
