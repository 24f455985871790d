/**
 * What a peer's (or an author's) input is worth. Returned, never thrown.
 *
 * - `accept`: used.
 * - `ignore`: of no use now (duplicate, too early, out of window); nobody is to blame, it may be tried again.
 * - `reject`: can never be valid; whoever delivered it is charged.
 */
export type Verdict =
  | { readonly outcome: 'accept' }
  | { readonly outcome: 'ignore'; readonly code: string }
  | { readonly outcome: 'reject'; readonly code: string }

export const ACCEPT: Verdict = { outcome: 'accept' }
export const ignore = (code: string): Verdict => ({ outcome: 'ignore', code })
export const reject = (code: string): Verdict => ({ outcome: 'reject', code })
