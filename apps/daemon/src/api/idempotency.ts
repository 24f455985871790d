import { QuorateError, type Command } from '@quorate/contracts'
import { sha256, utf8 } from '@quorate/core'
import type { OnceRequest } from '../machines/api.ts'
import { answerText, type Answer } from './asks.ts'
import type { ApiContext } from './context.ts'
import { accepted, refusal } from './refusal.ts'

/** An idempotency key with what it was used for. */
export interface Keyed {
  /** As it is stored: a digest, so that no key of a user is kept. */
  readonly key: string
  /** Digest of the request: the same key with another request is a conflict. */
  readonly request: string
}

/** The key from the header or the body; both may give it when they agree. Errors: QRT_USAGE. */
export const keyOf = (
  area: string,
  given: { readonly header: string | undefined; readonly body: string | undefined; readonly request: unknown }
): Keyed | undefined => {
  const { header, body, request } = given
  if (header !== undefined && body !== undefined && header !== body) {
    throw new QuorateError(
      'QRT_USAGE',
      'The Idempotency-Key header and the idempotencyKey in the body differ.'
    )
  }
  const key = header ?? body
  if (key === undefined) return undefined
  return { key: `${area}/${sha256(utf8(key))}`, request: sha256(utf8(JSON.stringify(request))) }
}

export interface OnceInit {
  readonly keyed: Keyed | undefined
  /** Of what the command makes; null: the digest of the entry that it has ordered. */
  readonly id: string | null
  readonly command: (token: string) => Command
}

/** The command, wrapped so that it is carried out once for its key. */
export const onceCommand = ({ keyed, id, command }: OnceInit, token: string): Command => {
  if (!keyed) return command(token)
  const payload: OnceRequest = { ...keyed, id, command: command(token), token }
  return { name: 'api.once', payload }
}

/**
 * Carries the command out, or finds what its key made before; gives the id.
 * Errors: what the answer refuses; a key whose command was refused is free again.
 */
export const askOnce = async (
  { asks, node }: Pick<ApiContext, 'asks' | 'node'>,
  init: OnceInit & { readonly id: string },
  timeoutMs: number
): Promise<{ readonly id: string; readonly repeated: boolean; readonly answer: Answer }> => {
  const answer = await asks.ask(token => onceCommand(init, token), timeoutMs)
  if (init.keyed && isRefused(answer) && !isKeyFault(answer)) {
    node.command({ name: 'api.forget', payload: { key: init.keyed.key } })
  }
  const data = accepted(answer)
  const known = data['repeated'] === true ? data['id'] : undefined
  return { id: typeof known === 'string' ? known : init.id, repeated: known !== undefined, answer }
}

const isRefused = ({ type, data }: Answer): boolean =>
  type === 'submission-refused' || (type === 'reply' && data['ok'] !== true)

const isKeyFault = ({ data }: Answer): boolean =>
  data['code'] === 'key-reused' || data['code'] === 'key-pending'

/** An answer to a keyed command that a repeated key gave. */
export const knownId = (answer: Answer): string | undefined => {
  if (answer.type !== 'reply') return undefined
  if (answer.data['ok'] !== true) throw refusal(answerText(answer, 'code'))
  return answerText(answer, 'id')
}
