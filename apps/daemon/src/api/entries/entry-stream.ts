import type { IncomingMessage, ServerResponse } from 'node:http'
import { QuorateError, type EntryDraft, type ErrorCode } from '@quorate/contracts'
import { refusal } from '../refusal.ts'
import { createLineSplitter, type SplitLine } from './line-splitter.ts'
import { parseRecordLine } from './record-draft.ts'
import { STOPPED, type RecordOutcome, type RecordSubmitter } from './record-submitter.ts'

/** Longest line in UTF-16 units: the largest data and statement, and room for escapes. */
const LINE_CHARS_MAX = 2 * 1024 * 1024
/** Bytes of bodies of one stream that may wait to be ordered. */
const BYTES_IN_FLIGHT_MAX = 16 * 1024 * 1024

export interface EntryStreamInit {
  readonly records: RecordSubmitter
  /** Entries of one stream that may wait to be ordered before no more are read. */
  readonly inFlightMax: number
}

/**
 * Orders the lines of a request and answers one line for each as it is ordered; not necessarily in their order.
 *
 * Back-pressure: reads no more while too much waits to be ordered or the caller does not read the answers. Ends when the
 * request has ended and every line is answered. A caller who goes away ends it; what was submitted is ordered all the same.
 */
export const streamEntries = (
  request: IncomingMessage,
  response: ServerResponse,
  { records, inFlightMax }: EntryStreamInit
): Promise<void> =>
  new Promise(resolve => {
    const splitter = createLineSplitter(LINE_CHARS_MAX)
    let [line, inFlight, bytes] = [0, 0, 0]
    let [ended, finished, scheduled] = [false, false, false]
    let answers = ''

    const isFull = (): boolean =>
      inFlight >= inFlightMax || bytes >= BYTES_IN_FLIGHT_MAX || response.writableNeedDrain

    const finish = (): void => {
      if (finished) return
      finished = true
      if (!response.destroyed) response.end()
      resolve()
    }

    const write = (): void => {
      scheduled = false
      const text = answers
      answers = ''
      if (finished) return
      if (text !== '') response.write(text)
      if (ended && inFlight === 0) finish()
      else if (!isFull() && request.isPaused()) request.resume()
    }

    /** Answers that come together are written together. */
    const answer = (text: string): void => {
      answers += text
      if (scheduled) return
      scheduled = true
      queueMicrotask(write)
    }

    const submit = (draft: EntryDraft, at: number): void => {
      inFlight += 1
      bytes += draft.body.length
      records.add(draft, outcome => {
        inFlight -= 1
        bytes -= draft.body.length
        answer(answerLine(at, outcome))
      })
    }

    const take = (split: SplitLine): void => {
      line += 1
      if ('text' in split && split.text.trim() === '') return
      try {
        if ('tooLong' in split)
          throw new QuorateError('QRT_TOO_LARGE', 'The line is longer than any entry may be.')
        submit(parseRecordLine(split.text), line)
      } catch (error) {
        answer(errorLine(line, error))
      }
    }

    const end = (lines: readonly SplitLine[]): void => {
      for (const split of lines) take(split)
      ended = true
      answer('')
    }

    response.writeHead(200, { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' })
    response.flushHeaders()
    request.on('data', (chunk: Buffer) => {
      for (const split of splitter.push(chunk)) take(split)
      if (isFull()) request.pause()
    })
    request.on('end', () => end(splitter.end()))
    request.on('error', finish)
    response.on('drain', () => answer(''))
    response.on('close', finish)
  })

const answerLine = (line: number, outcome: RecordOutcome): string => {
  if (!outcome.ok) return errorLine(line, outcomeError(outcome.code))
  const { sequence, digest } = outcome
  return `{"line":${line},"entryId":"${digest}","sequence":${sequence},"digest":"${digest}"}\n`
}

/** What a caller is told of a record that was not ordered. */
export const outcomeError = (code: string): QuorateError =>
  code === STOPPED
    ? new QuorateError('QRT_STARTING', 'The daemon stopped before the entry was ordered; it may still be.')
    : refusal(code)

const errorLine = (line: number, error: unknown): string => {
  const isKnown = error instanceof QuorateError
  const code: ErrorCode = isKnown ? error.code : 'QRT_INTERNAL'
  const message = isKnown ? error.message : 'The daemon failed to take the entry.'
  return `${JSON.stringify({ line, error: { code, message } })}\n`
}
