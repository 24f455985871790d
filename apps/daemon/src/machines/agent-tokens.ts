import type { Digest, StoreOp, StoreReader } from '@quorate/contracts'
import { fromUtf8, sha256, utf8 } from '@quorate/core'

/** `hash/<sha256 of the token>` -> agent name, `agent/<name>` -> hash. The token itself is kept nowhere. */
export const AGENT_TOKEN_SPACE = 'api/agent-token'

export const hashToken = (token: string): Digest => sha256(utf8(token))

/** The name of the agent of this node that the token belongs to. */
export const agentOfToken = (store: StoreReader, token: string): string | undefined => {
  const bytes = store.get(AGENT_TOKEN_SPACE, `hash/${hashToken(token)}`)
  return bytes && fromUtf8(bytes)
}

/** A new token ends the agent's old one. */
export const issueOps = (store: StoreReader, agent: string, hash: Digest): StoreOp[] => {
  const before = store.get(AGENT_TOKEN_SPACE, `agent/${agent}`)
  const ops: StoreOp[] = [
    { type: 'put', space: AGENT_TOKEN_SPACE, key: `hash/${hash}`, value: utf8(agent) },
    { type: 'put', space: AGENT_TOKEN_SPACE, key: `agent/${agent}`, value: utf8(hash) }
  ]
  if (!before) return ops
  return [{ type: 'delete', space: AGENT_TOKEN_SPACE, key: `hash/${fromUtf8(before) ?? ''}` }, ...ops]
}
