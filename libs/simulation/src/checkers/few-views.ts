import type { Member } from '../cluster/member.ts'
import type { Checker } from './checker.ts'

const viewOf = ({ running }: Member): number => {
  const view = running?.consensus.describe?.()['view']
  return typeof view === 'number' ? view : 0
}

const highestView = (members: readonly Member[]): number =>
  Math.max(0, ...members.filter(({ honest }) => honest).map(viewOf))

/**
 * Once the network is whole, the group settles within a bounded number of views: each voter may have its turn three times, while
 * timeouts grow to what catching up takes.
 */
export const fewViews: Checker = bench => {
  const allowed = 3 * bench.voters.voters.length
  let begun = 0
  return {
    healed: members => {
      begun = highestView(members)
    },
    ended: members => {
      const views = highestView(members) - begun
      if (views > allowed)
        bench.violated('few-views', `it took ${views} views to settle, ${allowed} are allowed`)
    }
  }
}
