import type { EventView } from '@quorate/contracts'
import type { LoggedEvent } from '@quorate/runtime'
import { isoTime, jsonOf } from '../json.ts'

/** Answers to single callers: they carry tokens and concern nobody else. */
const PRIVATE: ReadonlySet<string> = new Set([
  'reply',
  'submission-executed',
  'submission-refused',
  'auction-bid-sealed'
])

export const isPublic = ({ type }: Pick<LoggedEvent, 'type'>): boolean => !PRIVATE.has(type)

export const eventView = ({ cursor, type, atMs, data }: LoggedEvent): EventView => ({
  cursor,
  type,
  at: isoTime(atMs),
  data: jsonOf(data)
})

/** One server-sent event. Only durable ones have an id: those are what can be resumed from. */
export const sseText = (event: LoggedEvent): string => {
  const id = event.cursor === null ? '' : `id: ${event.cursor}\n`
  return `${id}event: ${event.type}\ndata: ${JSON.stringify(eventView(event))}\n\n`
}
