import { QuorateError } from '@quorate/contracts'

/** Most Byzantine voters that n voters can tolerate: f = floor((n-1)/3). Source: Castro and Liskov 1999, section 3. */
export const faultToleranceMax = (voters: number): number => Math.max(0, Math.floor((voters - 1) / 3))

/**
 * Smallest quorum of which any two share at least f+1 voters: ceil((n+f+1)/2). Equals 2f+1 when n = 3f+1; a plain 2f+1
 * is unsafe at other sizes (at n = 5 two quorums of 3 can share only the liar).
 */
export const quorumSize = (voters: number, faultTolerance: number): number =>
  Math.ceil((voters + faultTolerance + 1) / 2)

/** How many voters have to be added before `faultTolerance` Byzantine voters can be tolerated: 3f+1-n, at least 0. */
export const votersMissing = (voters: number, faultTolerance: number): number =>
  Math.max(0, 3 * faultTolerance + 1 - voters)

/**
 * The fault tolerance to use: the one asked for, or the most that n can carry when none is (null).
 * Errors: QRT_FAULT_TOLERANCE names how many voters are missing.
 */
export const resolveFaultTolerance = (voters: number, asked: number | null): number => {
  if (asked === null) return faultToleranceMax(voters)
  if (!Number.isSafeInteger(asked) || asked < 0) {
    throw new QuorateError(
      'QRT_USAGE',
      `the fault tolerance must be a whole number from 0, not ${String(asked)}`
    )
  }
  const missing = votersMissing(voters, asked)
  if (missing === 0) return asked
  throw new QuorateError(
    'QRT_FAULT_TOLERANCE',
    `${voters} voter${voters === 1 ? '' : 's'} cannot tolerate ${asked} Byzantine ` +
      `one${asked === 1 ? '' : 's'}: ${missing} more voter${missing === 1 ? ' is' : 's are'} needed`,
    {
      details: { voters, faultTolerance: asked, missing },
      suggestions: [
        `use a fault tolerance of at most ${faultToleranceMax(voters)}`,
        `or add ${missing} voter${missing === 1 ? '' : 's'} (n >= 3f+1)`
      ]
    }
  )
}
