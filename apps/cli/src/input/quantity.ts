import { QuorateError } from '@quorate/contracts'

const FACTORS: { readonly [unit: string]: number } = {
  '': 1,
  k: 1000,
  m: 1e6,
  g: 1e9,
  t: 1e12,
  ki: 1024,
  mi: 1024 ** 2,
  gi: 1024 ** 3,
  ti: 1024 ** 4
}

/** Reads an amount in base units: `4`, `0.5`, `8GiB`, `500MB`. Errors: QRT_USAGE. */
export function parseQuantity(text: string, name: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*([kmgt]i?|)b?$/i.exec(text.trim())
  const value = Number(match?.[1]) * (FACTORS[(match?.[2] ?? '').toLowerCase()] ?? Number.NaN)
  if (Number.isFinite(value)) return value
  throw new QuorateError('QRT_USAGE', `${name} is no amount: '${text}'.`, {
    suggestions: ['Write a number, with a unit for bytes: 4, 512MiB, 8GiB.']
  })
}
