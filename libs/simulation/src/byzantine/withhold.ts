import type { Lie } from './liar.ts'

/** Never says some things to some peers: each kind of message to each peer is kept back, or is not, for the whole run. */
export const withhold: Lie = {
  name: 'withhold',
  create: ({ signing, prng }) => {
    const choices = new Map<string, boolean>()
    const keepsBack = (key: string): boolean => {
      const chosen = choices.get(key) ?? prng.chance(400_000)
      choices.set(key, chosen)
      return chosen
    }
    return {
      tamper: ({ to, frame }) => {
        const opened = signing.open(frame)
        return opened.ok && keepsBack(`${opened.envelope.kind} ${to}`) ? [] : [frame]
      }
    }
  }
}

/** Says nothing at all for a while, then speaks again: just slow enough to be suspected, or not quite. */
export const silentSpells: Lie = {
  name: 'silent-spells',
  create: ({ prng }) => {
    let left = 0
    return {
      tamper: ({ frame }) => {
        if (left > 0) left -= 1
        else if (prng.chance(10_000)) left = prng.int(20, 400)
        return left > 0 ? [] : [frame]
      }
    }
  }
}

/** Says nothing at all, ever: a peer that is as good as dead. */
export const silence: Lie = { name: 'silence', create: () => ({ tamper: () => [] }) }

/** Gives no batch to anybody, not even those that it proposes: what it alone holds is lost to the others. */
export const hoard: Lie = {
  name: 'hoard',
  create: ({ signing }) => ({
    tamper: ({ frame }) => {
      const opened = signing.open(frame)
      return opened.ok && /\/(propose|content|decided)$/.test(opened.envelope.kind) ? [] : [frame]
    }
  })
}

/** Answers no question: whoever asks for what only the liar has, waits. */
export const noAnswers: Lie = {
  name: 'no-answers',
  create: ({ signing }) => ({
    tamper: ({ frame }) => {
      const opened = signing.open(frame)
      return opened.ok && /\/(decided|content)$/.test(opened.envelope.kind) ? [] : [frame]
    }
  })
}
