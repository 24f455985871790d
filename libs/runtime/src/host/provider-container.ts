import 'reflect-metadata'
import { container, type InjectionToken } from 'tsyringe'
import type { Provided } from '@quorate/contracts'

/** Values by token and name. Knows nothing of who may provide or resolve what. */
export interface ProviderContainer {
  has(provided: Provided): boolean
  /** Only for what `has`. */
  get(provided: Provided): unknown
  /** Only once for each token and name. `value` is neither null nor undefined. */
  set(provided: Provided, value: unknown): void
}

const keyOf = ({ token, name }: Provided): string => JSON.stringify([token, name])

/**
 * The one place that touches tsyringe, and only with instances under symbols of our own:
 * - a second registration would silently win: `set` is called once per name (the host checks);
 * - an unregistered class would silently be built: symbols are not classes, and unknown names have no symbol;
 * - factories would be run at each resolution and never disposed: there are none; plugins have `start` and `stop`.
 * A child container keeps hosts apart, so that a process may run many (the simulator does).
 */
export const createProviderContainer = (): ProviderContainer => {
  const instances = container.createChildContainer()
  const symbols = new Map<string, InjectionToken>()
  return {
    has: provided => symbols.has(keyOf(provided)),
    get: provided => instances.resolve(symbols.get(keyOf(provided)) ?? keyOf(provided)),
    set: (provided, value) => {
      const symbol = Symbol(keyOf(provided))
      symbols.set(keyOf(provided), symbol)
      instances.registerInstance(symbol, value)
    }
  }
}
