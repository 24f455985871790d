/**
 * Seeded pseudo-random numbers for tests, simulation and jitter: xoshiro128** (Blackman and Vigna 2018), seeded by
 * splitmix32. Not for keys or nonces.
 */
export interface Prng {
  /** Uniform in 0 .. 2^32-1. */
  uint32(): number
  /** Uniform integer in [low, high]. */
  int(low: number, high: number): number
  /** True with the given probability in ppm. */
  chance(ppm: number): boolean
  pick<T>(items: readonly T[]): T
  shuffle<T>(items: readonly T[]): T[]
}

const splitmix32 = (seed: number) => () => {
  seed = (seed + 0x9e3779b9) | 0
  let z = seed ^ (seed >>> 16)
  z = Math.imul(z, 0x21f0aaad)
  z ^= z >>> 15
  z = Math.imul(z, 0x735a2d97)
  return (z ^ (z >>> 15)) >>> 0
}

const rotl = (x: number, k: number): number => (x << k) | (x >>> (32 - k))

export const createPrng = (seed: number): Prng => {
  const next = splitmix32(seed)
  const s: [number, number, number, number] = [next(), next(), next(), next()]
  const uint32 = (): number => {
    const result = Math.imul(rotl(Math.imul(s[1], 5), 7), 9) >>> 0
    const t = s[1] << 9
    s[2] ^= s[0]
    s[3] ^= s[1]
    s[1] ^= s[2]
    s[0] ^= s[3]
    s[2] ^= t
    s[3] = rotl(s[3], 11)
    return result
  }
  const int = (low: number, high: number): number =>
    low + Math.floor((uint32() / 0x1_0000_0000) * (high - low + 1))
  const shuffle = <T>(items: readonly T[]): T[] => {
    const copy = [...items]
    for (let i = copy.length - 1; i > 0; i--) {
      const j = int(0, i)
      ;[copy[i], copy[j]] = [copy[j] as T, copy[i] as T]
    }
    return copy
  }
  return {
    uint32,
    int,
    chance: ppm => int(0, 999_999) < ppm,
    pick: <T>(items: readonly T[]): T => items[int(0, items.length - 1)] as T,
    shuffle
  }
}
