import { QuorateError, type Provided } from '@quorate/contracts'
import { describe } from './duplicate-check.ts'
import { nearestName } from './nearest-name.ts'

/** Nobody provides it: with what there is under the same token. */
export const unknownName = (wanted: Provided, known: readonly string[]): QuorateError => {
  const list = known.map(name => `"${name}"`).join(', ') || 'nothing'
  const meant = nearestName(wanted.name, known)
  return new QuorateError(
    'QRT_PLUGIN',
    `No plugin provides ${describe(wanted)}; ${wanted.token} has: ${list}.`,
    {
      details: { token: wanted.token, name: wanted.name, known },
      suggestions: [
        ...(meant === undefined ? [] : [`Did you mean "${meant}"?`]),
        `Add a plugin that provides ${describe(wanted)} to the configuration.`
      ]
    }
  )
}

/** A class, say: a container alone would silently build one. */
export const unusableToken = (token: unknown): QuorateError => {
  const what = typeof token === 'function' ? `the class ${token.name}` : typeof token
  return new QuorateError('QRT_PLUGIN', `Only tokens can be resolved; this is ${what}.`, {
    suggestions: ['Use one of TOKENS, or an object { key } of your own.']
  })
}
