import { createVirtualDisk } from '../world/disk.ts'
import { restart, type Fault } from './fault.ts'

/** A liar loses its disk and goes on as if it had never voted. An honest node does not: wiping a disk is lying. */
export const amnesia: Fault = scene => {
  const { cluster, prng, note } = scene
  const liars = cluster.members.filter(({ honest }) => !honest)
  if (liars.length === 0) return
  const member = prng.pick(liars)
  if (member.running) cluster.crash(member)
  note(`${member.peerId} forgets everything`)
  member.disk = createVirtualDisk()
  restart(scene, member)
}
