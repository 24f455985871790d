import type { StoreOp } from '@quorate/contracts'
import { createVirtualDisk, type VirtualDisk } from '../../src/world/disk.ts'

/** A disk that acknowledges before anything is on it: a power failure takes the last few commits with it. */
export const createForgetfulDisk = (lost: number) => (): VirtualDisk => {
  let disk = createVirtualDisk()
  let commits: (readonly StoreOp[])[] = []
  const quiet = { beforeCommit: () => undefined, afterCommit: () => undefined }
  return {
    get: (space, key) => disk.get(space, key),
    range: (space, options) => disk.range(space, options),
    mount: hooks => {
      const store = disk.mount(hooks)
      return {
        ...store,
        commit: ops => {
          commits.push(ops)
          store.commit(ops)
        }
      }
    },
    powerFails: () => {
      commits = commits.slice(0, -lost)
      disk = createVirtualDisk()
      const store = disk.mount(quiet)
      for (const ops of commits) store.commit(ops)
    }
  }
}
