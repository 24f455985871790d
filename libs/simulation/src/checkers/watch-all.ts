import type { PeerId, Signing, StoreOp } from '@quorate/contracts'
import type { Member } from '../cluster/member.ts'
import type { PutRow, Watch } from './checker.ts'
import { executedBatches } from './executed-batches.ts'

/** One ear for the cluster, which tells all checkers what concerns them. */
export interface Watchers {
  readonly committed: (node: PeerId, ops: readonly StoreOp[]) => void
  readonly said: (node: PeerId, frame: Uint8Array) => void
  readonly charged: (node: PeerId, peer: PeerId, code: string) => void
  readonly looked: (members: readonly Member[]) => void
  readonly healed: (members: readonly Member[]) => void
  readonly ended: (members: readonly Member[]) => void
}

type Having<K extends keyof Watch> = Watch & Required<Pick<Watch, K>>

const having = <K extends keyof Watch>(watches: readonly Watch[], name: K): readonly Having<K>[] =>
  watches.filter((watch): watch is Having<K> => watch[name] !== undefined)

type RowHandler = (node: PeerId, row: PutRow) => void

const rowHandlers = (watches: readonly Watch[]): ReadonlyMap<string, readonly RowHandler[]> => {
  const handlers = new Map<string, RowHandler[]>()
  for (const [space, handle] of watches.flatMap(watch => Object.entries(watch.put ?? {})))
    handlers.set(space, [...(handlers.get(space) ?? []), handle])
  return handlers
}

export const watchAll = (watches: readonly Watch[], open: Signing['open']): Watchers => {
  const on = {
    executed: having(watches, 'executed'),
    said: having(watches, 'said'),
    charged: having(watches, 'charged'),
    looked: having(watches, 'looked'),
    healed: having(watches, 'healed'),
    ended: having(watches, 'ended')
  }
  const rows = rowHandlers(watches)

  /** Frames are sent to many and repeated; each is looked at once. An honest node says only what it has signed. */
  const heard = new WeakSet<Uint8Array>()

  return {
    committed: (node, ops) => {
      for (const op of ops)
        if (op.type === 'put') for (const handle of rows.get(op.space) ?? []) handle(node, op)
      for (const batch of executedBatches(ops)) for (const watch of on.executed) watch.executed(node, batch)
    },
    said: (node, frame) => {
      if (heard.has(frame)) return
      heard.add(frame)
      const opened = open(frame)
      if (!opened.ok || opened.envelope.author !== node) return
      for (const watch of on.said) watch.said(node, opened.envelope)
    },
    charged: (node, peer, code) => {
      for (const watch of on.charged) watch.charged(node, peer, code)
    },
    looked: members => {
      for (const watch of on.looked) watch.looked(members)
    },
    healed: members => {
      for (const watch of on.healed) watch.healed(members)
    },
    ended: members => {
      for (const watch of on.ended) watch.ended(members)
    }
  }
}
