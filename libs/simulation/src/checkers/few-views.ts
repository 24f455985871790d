import type { Member } from '../cluster/member.ts'
import type { Checker } from './checker.ts'

const viewOf = ({ running }: Member): number => {
  const view = running?.consensus.describe?.()['view']
  return typeof view === 'number' ? view : 0
}

const highestView = (members: readonly Member[]): number =>
  Math.max(0, ...members.filter(({ honest }) => honest).map(viewOf))

/**
 * Once the network is whole, the group settles within a bounded number of views: at worst every voter has its turn once, and
 * then f+1 more, because a view that began amid the faults may fail, too.
 */
export const fewViews: Checker = bench => {
  const { voters, faultTolerance } = bench.voters
  const allowed = voters.length + faultTolerance + 1
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
