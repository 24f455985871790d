import { InvariantError } from '@quorate/contracts'

/** Stops the process on a bug of ours. Never call it on anything that a peer or a user sent. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new InvariantError(message)
}

/** For the `default` of an exhaustive switch. */
export const assertNever = (value: never): never => {
  throw new InvariantError(`unexpected value: ${String(value)}`)
}
