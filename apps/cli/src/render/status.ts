import type { MemberView, NodeState, StatusView } from '@quorate/contracts'
import { ago, counted } from '../output/amount.ts'
import { clean } from '../output/clean.ts'
import { fields } from '../output/fields.ts'
import type { Style } from '../output/style.ts'

export interface StatusInput {
  readonly status: StatusView
  readonly members: readonly MemberView[]
  readonly nowMs: number
}

const MEANINGS: { readonly [state in NodeState]: string } = {
  ready: 'the group can decide',
  syncing: 'catching up with the group',
  'no-quorum': 'too few voters are reachable to decide',
  degraded: 'the group can decide, but not everything is well'
}

/** State and health first, then who is there, then what was last decided. */
export function renderStatus({ status, members, nowMs }: StatusInput, style: Style): string {
  const paint =
    status.state === 'ready' ? style.green : status.state === 'no-quorum' ? style.red : style.yellow
  const lines = [
    `${paint(`● ${status.state}`)}  ${MEANINGS[status.state]}`,
    `  ${strength(status)}`,
    '',
    fields(details({ status, members, nowMs }), style)
  ]
  return lines.join('\n')
}

function details({ status, members, nowMs }: StatusInput): (readonly [string, string])[] {
  const nameOf = (peer: string): string =>
    clean(members.find(({ peerId }) => peerId === peer)?.member ?? peer)
  return [
    ['Peers', `${status.connectedVoters} of ${counted(status.voters, 'voter')} connected`],
    ['Absent', status.absentVoters.map(nameOf).join(', ')],
    ['Last decided', status.lastDecisionAt === null ? 'none yet' : ago(status.lastDecisionAt, nowMs)],
    ['Ledger', `height ${status.height}, view ${status.view}, epoch ${status.epoch}`],
    ['Primary', nameOf(status.primary)],
    ['This node', `${clean(status.member)}, ${status.role}`],
    ['Peer id', clean(status.peerId)],
    ['Group', clean(status.groupId)],
    ['Version', clean(status.version)]
  ]
}

/** How many liars the group survives, and what is missing for one more when it survives none. */
function strength({ voters, quorum, faultTolerance, votersMissing }: StatusView): string {
  if (faultTolerance > 0) {
    return `${counted(voters, 'voter')}, quorum ${quorum}, tolerates ${counted(faultTolerance, 'Byzantine peer')}`
  }
  const verb = voters === 1 ? 'tolerates' : 'tolerate'
  const needed = votersMissing === 1 ? '1 more voter is needed' : `${votersMissing} more voters are needed`
  return `${counted(voters, 'voter')} ${verb} 0; ${needed} to tolerate 1 (quorum ${quorum})`
}
