import type { PeerId } from '@quorate/contracts'
import { voteShape } from '@quorate/core'
import type { Checker } from './checker.ts'

/**
 * Views only go up: who has asked for a view votes in no earlier one from then on, also after a crash.
 * Source: Castro and Liskov 1999, section 4.4.
 */
export const viewDiscipline: Checker = bench => {
  const left = new Map<PeerId, number>()
  return {
    said: (node, { kind, body }) => {
      if (kind.endsWith('/view-change') && Array.isArray(body))
        left.set(node, Math.max(left.get(node) ?? 0, body[2] as number))
      if (!/\/(prepare|commit)$/.test(kind)) return
      const view = voteShape.decode(body)?.view ?? 0
      const asked = left.get(node) ?? 0
      if (view < asked)
        bench.violated('view-discipline', `${node} votes in view ${view} after asking for ${asked}`)
    }
  }
}
