import type { Checker } from './checker.ts'

/** No honest node holds anything against another honest node: its own peers would cut it off. */
export const charges: Checker = bench => ({
  charged: (node, peer, code) => {
    if (bench.honest.has(peer)) bench.violated('charge', `${node} charges the honest ${peer} with ${code}`)
  }
})
