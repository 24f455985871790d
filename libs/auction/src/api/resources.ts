import { amountOf } from '../wire/shapes.ts'
import type { Edge, Numbers } from './edge.ts'

/**
 * On the ledger `cpu` is in milli-cores; every other resource is in its own base unit (memory: bytes). Rule
 * A1.
 */
const UNITS: { readonly [resource: string]: number } = { cpu: 1000 }

const unitOf = (resource: string): number => amountOf(UNITS, resource) || 1

/** Base units from what people write (cores, bytes); fractions of a base unit are rounded up. */
export const toBaseUnits = (edge: Edge, name: string, values: Numbers): Numbers =>
  Object.fromEntries(
    Object.entries(values).map(([resource, value]) => {
      const amount = Math.ceil(value * unitOf(resource))
      if (Number.isSafeInteger(amount) && amount >= 0) return [resource, amount]
      edge.issues.push(`${name} "${resource}" must be a number from 0, not ${String(value)}`)
      return [resource, 0]
    })
  )

export const fromBaseUnits = (values: Numbers): Numbers =>
  Object.fromEntries(
    Object.entries(values).map(([resource, amount]) => [resource, amount / unitOf(resource)])
  )
