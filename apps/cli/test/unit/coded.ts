import { expect } from 'vitest'
import type { ErrorCode } from '@quorate/contracts'

/** Matches a QuorateError with this code. */
export function coded(code: ErrorCode): Error {
  return expect.objectContaining({ name: 'QuorateError', code }) as Error
}
