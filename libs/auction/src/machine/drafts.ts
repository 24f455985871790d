import type { Digest, EntryDraft } from '@quorate/contracts'
import { AWARD_KIND } from '@quorate/core'
import {
  AGENT_LEAVE_KIND,
  AGENT_REGISTER_KIND,
  leaveShape,
  registrationShape,
  type Registration
} from '../wire/agent-entries.ts'
import {
  ANNOUNCE_KIND,
  announceShape,
  awardShape,
  CANCEL_KIND,
  cancelShape,
  CLOSE_KIND,
  closeShape,
  COMMIT_KIND,
  commitShape,
  REVEAL_KIND,
  revealShape,
  type AuctionSpec,
  type Award,
  type Commit,
  type Reveal
} from '../wire/auction-entries.ts'
import { encodeBody } from '../wire/shapes.ts'

/** Entries as they are submitted. */
export const registerDraft = (agent: Registration): EntryDraft => ({
  kind: AGENT_REGISTER_KIND,
  body: encodeBody(registrationShape, agent)
})

export const leaveDraft = (name: string): EntryDraft => ({
  kind: AGENT_LEAVE_KIND,
  body: encodeBody(leaveShape, { name })
})

export const announceDraft = (spec: AuctionSpec): EntryDraft => ({
  kind: ANNOUNCE_KIND,
  body: encodeBody(announceShape, spec)
})

export const commitDraft = (commit: Commit): EntryDraft => ({
  kind: COMMIT_KIND,
  body: encodeBody(commitShape, commit)
})

export const closeDraft = (auction: Digest): EntryDraft => ({
  kind: CLOSE_KIND,
  body: encodeBody(closeShape, { auction })
})

export const revealDraft = (reveal: Reveal): EntryDraft => ({
  kind: REVEAL_KIND,
  body: encodeBody(revealShape, reveal)
})

export const awardDraft = (award: Award): EntryDraft => ({
  kind: AWARD_KIND,
  body: encodeBody(awardShape, award)
})

export const cancelDraft = (auction: Digest): EntryDraft => ({
  kind: CANCEL_KIND,
  body: encodeBody(cancelShape, { auction })
})
