import { randomUUID } from 'node:crypto'
import { QuorateError, type CborValue, type Command } from '@quorate/contracts'
import type { LoggedEvent, QuorateNode } from '@quorate/runtime'

/** The event that answered: its type, and its data, which carry the token. */
export interface Answer {
  readonly type: string
  readonly data: { readonly [key: string]: CborValue }
}

/** A text among an answer's data; empty when there is none. */
export const answerText = ({ data }: Answer, key: string): string => {
  const value = data[key]
  return typeof value === 'string' ? value : ''
}

/** Asks the node's machines, and hears their answers: events whose data carry the token that the command came with. */
export interface Asks {
  /**
   * Sends the command that is made with a fresh token, and gives the answer.
   * Errors: QRT_OVERLOADED, QRT_STARTING when the node stops, QRT_UNDECIDED after `timeoutMs`.
   */
  ask(make: (token: string) => Command, timeoutMs: number): Promise<Answer>
  /** As `ask`, without a promise or a limit in time: for many at once. `onEnd` gets undefined when the node stops. */
  send(make: (token: string) => Command, onEnd: (answer: Answer | undefined) => void): void
  /** Ends every ask that waits. */
  close(): void
}

export const createAsks = (node: Pick<QuorateNode, 'command' | 'subscribe'>): Asks => {
  const waiting = new Map<string, (answer: Answer | undefined) => void>()
  const prefix = `api:${randomUUID()}`
  let [count, closed] = [0, false]

  const unsubscribe = node.subscribe(({ type, cursor, data }: LoggedEvent) => {
    const token = cursor === null ? tokenOf(data) : undefined
    const end = token === undefined ? undefined : waiting.get(token)
    if (token === undefined || !end) return
    waiting.delete(token)
    end({ type, data: data as Answer['data'] })
  })

  const start = (make: (token: string) => Command, end: (answer: Answer | undefined) => void): string => {
    if (closed) throw stopping()
    const token = `${prefix}-${++count}`
    waiting.set(token, end)
    try {
      node.command(make(token))
    } catch (error) {
      waiting.delete(token)
      throw error
    }
    return token
  }

  return {
    send: (make, onEnd) => void start(make, onEnd),
    ask: (make, timeoutMs) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(token)
          reject(new QuorateError('QRT_UNDECIDED', `The group has not answered within ${timeoutMs} ms.`))
        }, timeoutMs)
        const token = start(make, answer => {
          clearTimeout(timer)
          if (answer) resolve(answer)
          else reject(stopping())
        })
      }),
    close: () => {
      closed = true
      unsubscribe()
      const ends = [...waiting.values()]
      waiting.clear()
      for (const end of ends) end(undefined)
    }
  }
}

const tokenOf = (data: CborValue): string | undefined => {
  const token = typeof data === 'object' && data !== null && 'token' in data ? data['token'] : undefined
  return typeof token === 'string' ? token : undefined
}

const stopping = (): QuorateError => new QuorateError('QRT_STARTING', 'The daemon is stopping.')
