import type { CborValue } from '@quorate/contracts'
import type { Prng } from '@quorate/core'
import type { Lie } from './liar.ts'

const randomBytes = (prng: Prng, length: number): Uint8Array =>
  Uint8Array.from({ length }, () => prng.int(0, 255))

const flipped = (prng: Prng, frame: Uint8Array): Uint8Array => {
  const copy = Uint8Array.from(frame)
  const at = prng.int(0, copy.length - 1)
  copy[at] = (copy[at] ?? 0) ^ (1 << prng.int(0, 7))
  return copy
}

/** Noise, cut and damaged frames. What others have said is damaged too: a bad signature must not accuse its author. */
export const garbage: Lie = {
  name: 'garbage',
  create: ({ prng }) => {
    let heard: Uint8Array = new Uint8Array(1)
    const noise = (frame: Uint8Array): Uint8Array =>
      prng.pick([
        () => randomBytes(prng, prng.int(0, 200)),
        () => frame.slice(0, prng.int(0, frame.length)),
        () => flipped(prng, frame),
        () => flipped(prng, heard)
      ])()
    return {
      overhear: frame => {
        heard = frame
      },
      tamper: ({ frame }) => (prng.chance(100_000) ? [noise(frame), frame] : [frame])
    }
  }
}

const randomValue = (prng: Prng, depth = 0): CborValue =>
  prng.pick<() => CborValue>([
    () => prng.uint32(),
    () => null,
    () => 'text',
    () => randomBytes(prng, prng.pick([0, 32, 64])),
    () => (depth > 3 ? 0 : Array.from({ length: prng.int(0, 6) }, () => randomValue(prng, depth + 1)))
  ])()

/** Well-signed messages of known kinds whose bodies mean nothing. */
export const malformed: Lie = {
  name: 'malformed',
  create: ({ signing, prng }) => ({
    tamper: ({ frame }) => {
      const opened = signing.open(frame)
      if (!opened.ok || !prng.chance(100_000)) return [frame]
      const { kind, body } = opened.envelope
      const cut = Array.isArray(body)
        ? body.map(field => (prng.chance(200_000) ? randomValue(prng) : field))
        : 0
      return [frame, signing.sign(kind, prng.chance(500_000) ? cut : randomValue(prng)).frame]
    }
  })
}
