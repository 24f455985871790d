import type { Member } from '../cluster/member.ts'
import { after, restart, type Fault, type Scene } from './fault.ts'

const crashNow = ({ cluster, note }: Scene, member: Member): void => {
  note(`crash ${member.peerId}`)
  cluster.crash(member)
}

/** In the middle of what the node is doing: before or after a commit, or between two sends. */
const crashSoon = ({ prng, note }: Scene, member: Member): void => {
  member.fuse = prng.int(1, 40)
  note(`${member.peerId} will crash at port call ${member.portCalls + member.fuse}`)
}

/** Back again, now and then with its clock set anew. */
const comeBack = (scene: Scene, member: Member): void => {
  const { prng, cluster } = scene
  if (!member.running && prng.chance(200_000)) member.skewMs = prng.int(-cluster.skewMsMax, cluster.skewMsMax)
  restart(scene, member)
}

/** A node crashes, at once or at one of its next effects, and comes back after a while. */
export const crash: Fault = scene => {
  const { cluster, prng } = scene
  const member = prng.pick(cluster.members)
  if (!member.running) return comeBack(scene, member)
  if (prng.chance(500_000)) crashNow(scene, member)
  else crashSoon(scene, member)
  after(scene, prng.int(50, 3_000), () => comeBack(scene, member))
}

/** More nodes go down together than the group can do without; all of them come back. */
export const lostMajority: Fault = scene => {
  const { cluster, prng, note } = scene
  const { voters, quorum } = cluster.voters
  const count = prng.int(voters.length - quorum + 1, voters.length)
  note(`${count} of ${voters.length} go down together`)
  for (const member of prng.shuffle(cluster.members).slice(0, count)) {
    if (member.running) crashNow(scene, member)
    after(scene, prng.int(200, 4_000), () => comeBack(scene, member))
  }
}
