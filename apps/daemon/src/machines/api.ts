import type {
  CborValue,
  Command,
  Digest,
  Effect,
  Machine,
  MachineFactory,
  MachineInput,
  StoreReader,
  TimeMs
} from '@quorate/contracts'
import { issueOps } from './agent-tokens.ts'
import { createOnceBook, type OnceBook, type OnceRow } from './once-book.ts'

export const API_MACHINE = 'api'
const FORGET_EVERY_MS = 3600 * 1000

/** `api.once`: carries the command out the first time that the key is used. */
export interface OnceRequest {
  readonly key: string
  readonly request: Digest
  /** Of what the command makes; null: the digest of the entry that `token` has ordered. */
  readonly id: string | null
  readonly command: Command
  readonly token: string
}

/** `api.forget`: the command of the key came to nothing; it may be tried again. */
export interface ForgetRequest {
  readonly key: string
}

/** `api.issue`: an agent's new token, as a hash. */
export interface IssueRequest {
  readonly agent: string
  readonly hash: Digest
  readonly token: string
}

interface State {
  readonly store: StoreReader
  readonly book: OnceBook
  /** Keys whose entry is on its way, by the token of its submission. */
  readonly pending: Map<string, { readonly key: string; readonly row: OnceRow }>
}

/**
 * The control API's foothold in the loop: what it must remember is written in the same transaction as what it asks for.
 * Answers by the event `reply` {token, ok, id?, code?}, not durable.
 */
export const apiFactory: MachineFactory = {
  name: API_MACHINE,
  create: ({ store }) => createApiMachine({ store, book: createOnceBook(store), pending: new Map() })
}

const createApiMachine = (state: State): Machine => ({
  name: API_MACHINE,
  codecs: [],
  start: now => [{ type: 'schedule', timer: 'forget', atMs: now + FORGET_EVERY_MS }],
  step: (input, now) => step(state, input, now)
})

const step = (state: State, input: MachineInput, now: TimeMs): readonly Effect[] => {
  if (input.type === 'timer') return forgetOld(state, now)
  if (input.type !== 'command') return []
  const { name, payload } = input.command
  switch (name) {
    case 'api.once':
      return once(state, payload as OnceRequest, now)
    case 'api.forget':
      return forget(state, payload as ForgetRequest, now)
    case 'api.issue':
      return issue(state, payload as IssueRequest)
    case 'submission.executed':
      return executed(state, payload as { token: string; digests: readonly Digest[] })
    case 'submission.refused':
      return refused(state, payload as { token: string })
    default:
      return []
  }
}

const reply = (data: { readonly [key: string]: CborValue }): Effect => ({
  type: 'notify',
  event: { type: 'reply', durable: false, data }
})

const once = ({ book, pending }: State, init: OnceRequest, now: TimeMs): readonly Effect[] => {
  const { key, request, id, token } = init
  const known = book.get(key, now)
  if (known && known.request !== request) return [reply({ token, ok: false, code: 'key-reused' })]
  if (known) {
    const answer =
      known.id === null ? { ok: false, code: 'key-pending' } : { ok: true, id: known.id, repeated: true }
    return [reply({ token, ...answer })]
  }
  const row: OnceRow = { request, id, at: now }
  if (id === null) pending.set(token, { key, row })
  return [
    { type: 'persist', ops: book.put(key, row) },
    { type: 'route', command: init.command }
  ]
}

const forget = ({ book }: State, { key }: ForgetRequest, now: TimeMs): readonly Effect[] => {
  const row = book.get(key, now)
  return row ? [{ type: 'persist', ops: book.drop(key, row) }] : []
}

const issue = ({ store }: State, { agent, hash, token }: IssueRequest): readonly Effect[] => [
  { type: 'persist', ops: issueOps(store, agent, hash) },
  reply({ token, ok: true })
]

const executed = (
  { book, pending }: State,
  { token, digests }: { readonly token: string; readonly digests: readonly Digest[] }
): readonly Effect[] => {
  const waiting = pending.get(token)
  if (!waiting) return []
  pending.delete(token)
  return [{ type: 'persist', ops: book.put(waiting.key, { ...waiting.row, id: digests[0] ?? null }) }]
}

const refused = ({ book, pending }: State, { token }: { readonly token: string }): readonly Effect[] => {
  const waiting = pending.get(token)
  if (!waiting) return []
  pending.delete(token)
  return [{ type: 'persist', ops: book.drop(waiting.key, waiting.row) }]
}

const forgetOld = ({ book }: State, now: TimeMs): readonly Effect[] => {
  const { ops, more } = book.forget(now)
  const again: Effect = { type: 'schedule', timer: 'forget', atMs: now + (more ? 1000 : FORGET_EVERY_MS) }
  return ops.length === 0 ? [again] : [{ type: 'persist', ops }, again]
}
