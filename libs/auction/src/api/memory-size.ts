const SIZE = /^(\d{1,15})(?:\.(\d{1,6}))?\s*([KMGT]i?B?|B)?$/i

const POWERS: { readonly [prefix: string]: number } = { K: 1, M: 2, G: 3, T: 4 }

/**
 * Bytes from `4GiB`, `512M`, `1.5GB` or a plain number; `KiB` counts 1024, `KB` and `K` count 1000. Rounded
 * down. Undefined when it is none of these or beyond 2^53.
 */
export const parseMemory = (given: string | number): number | undefined => {
  const match = SIZE.exec(String(given).trim())
  if (!match) return undefined
  const [, whole = '0', fraction = '', unit = 'B'] = match
  const base = /i/i.test(unit) ? 1024n : 1000n
  const factor = base ** BigInt(POWERS[unit.charAt(0).toUpperCase()] ?? 0)
  const scale = 10n ** BigInt(fraction.length)
  const bytes = (BigInt(whole + fraction) * factor) / scale
  return bytes <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(bytes) : undefined
}
