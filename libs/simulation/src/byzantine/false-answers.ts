import type { CborValue } from '@quorate/contracts'
import type { Prng } from '@quorate/core'
import type { Lie } from './liar.ts'
import { openOwn, resign, withField, type Body } from './wire.ts'

/** Ways to spoil a commit certificate: [epoch, view, votes]. */
const spoilt = (prng: Prng, certificate: Body): CborValue => {
  const [epoch = 0, view = 0, votes = []] = certificate
  const list = votes as readonly CborValue[]
  return prng.pick<CborValue>([
    [(epoch as number) + 1, view, votes],
    [epoch, (view as number) + 1, votes],
    [epoch, view, list.slice(1)],
    [epoch, view, [...list.slice(1), list.at(-1) ?? null]]
  ])
}

/** Lies to peers that catch up: body [header, submissions, certificate]. */
export const falseDecided: Lie = {
  name: 'false-decided',
  create: ({ signing, prng }) => ({
    tamper: ({ frame }) => {
      const message = openOwn(signing, frame, /\/decided$/)
      if (!message || prng.chance(300_000)) return [frame]
      const body = message.body as Body
      const twisted = prng.chance(500_000)
        ? withField(body, 2, spoilt(prng, body[2] as Body))
        : withField(body, 1, (body[1] as Body).slice(1))
      return [resign(signing, message, twisted)]
    }
  })
}

/** Claims to be far ahead, in another view, so that others ask it for what it does not have: [view, active, executed, checkpoint]. */
export const falseStatus: Lie = {
  name: 'false-status',
  create: ({ signing, prng }) => ({
    tamper: ({ frame }) => {
      const message = openOwn(signing, frame, /\/status$/)
      if (!message || prng.chance(200_000)) return [frame]
      const [view = 0, , executed = 0] = message.body as Body
      const ahead = withField(message.body, 2, (executed as number) + prng.pick([1, 20, 1_000_000]))
      return [
        resign(signing, message, prng.chance(500_000) ? ahead : withField(ahead, 0, (view as number) + 50))
      ]
    }
  })
}
