/** One message of a server-sent event stream. */
export interface SseMessage {
  readonly id: string | null
  readonly event: string
  readonly data: string
}

/** What a line completed: a message, a wish for the reconnect time, or a heartbeat that proves the stream alive. */
export type SseItem =
  { readonly type: 'message'; readonly message: SseMessage } | { readonly type: 'retry'; readonly ms: number }

/**
 * Reads a server-sent event stream line by line, as the HTML standard defines it.
 * Comment lines (heartbeats) complete nothing.
 */
export function createSseParser(): (line: string) => SseItem | undefined {
  let id: string | null = null
  let event = 'message'
  let data: string[] = []
  const complete = (): SseItem | undefined => {
    const message = { id, event, data: data.join('\n') }
    const isEmpty = data.length === 0
    event = 'message'
    data = []
    return isEmpty ? undefined : { type: 'message', message }
  }
  return line => {
    if (line === '') return complete()
    const { field, value } = splitField(line)
    if (field === 'data') data.push(value)
    if (field === 'event') event = value
    if (field === 'id' && !value.includes('\0')) id = value
    return field === 'retry' && /^\d+$/.test(value) ? { type: 'retry', ms: Number(value) } : undefined
  }
}

function splitField(line: string): { field: string; value: string } {
  const colon = line.indexOf(':')
  if (colon === -1) return { field: line, value: '' }
  return { field: line.slice(0, colon), value: line.slice(colon + 1).replace(/^ /, '') }
}
