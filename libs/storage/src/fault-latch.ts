import type { QuorateError } from '@quorate/contracts'
import { isFatal, translate } from './storage-errors.ts'

/** Runs the steps of one store, and stops for good at the first failure of the medium. */
export interface FaultLatch {
  /** Errors: QuorateError for what the medium did, the same one for ever after; a bug's own error otherwise. */
  run<T>(step: () => T): T
  hasFailed(): boolean
}

/**
 * After a failed fsync the kernel may have dropped the pages that it could not write, and a second fsync would succeed:
 * nothing that comes after a failure can be trusted, so nothing is tried. The next open reads what the disk holds.
 */
export const createFaultLatch = (file: string): FaultLatch => {
  let fault: QuorateError | undefined
  const run = <T>(step: () => T): T => {
    if (fault !== undefined) throw fault
    try {
      return step()
    } catch (error) {
      const translated = translate(file, error)
      if (isFatal(translated)) fault = translated
      throw translated
    }
  }
  return { run, hasFailed: () => fault !== undefined }
}
