import type { Submission } from '@quorate/contracts'
import { decodeSubmission } from '@quorate/core'
import type { Checker } from './checker.ts'

/** Opens a submission of a decided batch; undefined when it is not validly signed. */
export const openSubmission = (
  open: Parameters<Checker>[0]['open'],
  frame: Uint8Array
): Submission | undefined => {
  const opened = open(frame)
  return opened.ok ? decodeSubmission(opened.envelope) : undefined
}

/** No submission is executed twice, and each is validly signed. Looked at once per batch: agreement is another checker's. */
export const executeOnce: Checker = bench => {
  const seen = new Set<string>()
  const done = new Map<string, number>()
  return {
    executed: (_, { digest, header, submissions }) => {
      if (seen.has(digest)) return
      seen.add(digest)
      for (const frame of submissions) {
        const submission = openSubmission(bench.open, frame)
        if (!submission) {
          bench.violated('validity', `batch ${header.seq} holds a submission that nobody signed`)
          continue
        }
        const id = `${submission.author}/${submission.counter}`
        const before = done.get(id)
        if (before !== undefined)
          bench.violated('execute-once', `submission ${id} is in batch ${before} and in ${header.seq}`)
        done.set(id, header.seq)
      }
    }
  }
}
