import type { CborValue } from '@quorate/contracts'
import { sha256, utf8, voteShape } from '@quorate/core'
import type { Lie } from './liar.ts'
import { openOwn, readHeader, resign, resignVote, withField, type Body } from './wire.ts'

/** VIEW-CHANGE: [epoch, voter set, view, base, prepared]. */
export const falseViewChange: Lie = {
  name: 'false-view-change',
  create: ({ signing, prng }) => ({
    tamper: ({ frame }) => {
      const message = openOwn(signing, frame, /\/view-change$/)
      if (!message) return [frame]
      const { body } = message
      const prepared = (body as Body)[4] as readonly CborValue[]
      const twists: CborValue[] = [
        withField(body, 4, []),
        withField(body, 3, null),
        withField(withField(body, 3, null), 4, []),
        withField(body, 4, [...prepared, ...prepared]),
        withField(body, 4, prepared.slice(1)),
        withField(body, 2, ((body as Body)[2] as number) + prng.pick([1, 1_000_000]))
      ]
      return [resign(signing, message, prng.pick(twists))]
    }
  })
}

/** What a prepared certificate, [header, PRE-PREPARE, PREPAREs], is about. */
const seqOf = (certificate: CborValue): number => readHeader((certificate as Body)[0])?.seq ?? 0

/** VIEW-CHANGE with certificates of earlier views in place of the latest: true ones, of what was given up since. */
export const oldCertificates: Lie = {
  name: 'old-certificates',
  create: ({ signing }) => {
    const first = new Map<number, CborValue>()
    const oldest = (certificate: CborValue): CborValue => {
      const known = first.get(seqOf(certificate)) ?? certificate
      first.set(seqOf(certificate), known)
      return known
    }
    return {
      tamper: ({ frame }) => {
        const message = openOwn(signing, frame, /\/view-change$/)
        const prepared = message && ((message.body as Body)[4] as Body)
        if (!message || !prepared) return [frame]
        return [resign(signing, message, withField(message.body, 4, prepared.map(oldest)))]
      }
    }
  }
}

/** NEW-VIEW: [epoch, voter set, view, VIEW-CHANGEs, PRE-PREPAREs]. */
export const falseNewView: Lie = {
  name: 'false-new-view',
  create: ({ signing, prng, plot }) => ({
    tamper: ({ to, frame }) => {
      const message = openOwn(signing, frame, /\/new-view$/)
      if (!message) return [frame]
      const { body } = message
      const [changes, proposals] = [3, 4].map(i => (body as Body)[i] as readonly Uint8Array[])
      const other = (proposals ?? []).map(proposal =>
        resignVote(signing, proposal, { digest: sha256(utf8('other')) })
      )
      const twists: CborValue[] = [
        withField(body, 4, []),
        withField(body, 4, other),
        withField(body, 3, (changes ?? []).slice(1)),
        withField(
          body,
          3,
          (changes ?? []).map(() => changes?.[0] ?? null)
        )
      ]
      if (prng.chance(300_000)) return plot.second.has(to) ? [] : [frame]
      return [resign(signing, message, prng.pick(twists)), ...(prng.chance(300_000) ? [frame] : [])]
    }
  })
}

/** Votes for views and sequence numbers that nobody has reached: to fill the memory of others. */
export const farFuture: Lie = {
  name: 'far-future',
  create: ({ signing, prng }) => ({
    tamper: ({ frame }) => {
      const message = openOwn(signing, frame, /\/(prepare|commit)$/)
      const vote = message && voteShape.decode(message.body)
      if (!message || !vote || !prng.chance(200_000)) return [frame]
      const ahead = Array.from({ length: 20 }, () => {
        const [view, seq] = [vote.view + prng.int(0, 100), vote.seq + prng.int(0, 100)]
        return resign(signing, message, voteShape.encode({ ...vote, view, seq }))
      })
      return [frame, ...ahead]
    }
  })
}
