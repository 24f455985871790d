/** Refuses what work in progress leaves behind: focused or skipped tests, and notes to oneself. */
import { isCode, listFiles } from './files.ts'
import { matchLines } from './lines.ts'
import type { LineRule } from './lines.ts'
import type { Violation } from './violation.ts'

/** Spelled apart, so that this file passes its own check. */
const NOTES = [
  ['TO', 'DO'],
  ['FIX', 'ME'],
  ['X', 'XX']
].map(parts => parts.join(''))

const RULES: readonly LineRule[] = [
  {
    rule: 'focused-test',
    pattern: /\b(describe|suite|test|it|bench)(\.\w+)*\.(only|skip|todo)\b/,
    message: 'a committed test neither focuses nor skips (use skipIf/runIf with a condition)'
  },
  {
    rule: 'note-to-self',
    pattern: new RegExp(`\\b(${NOTES.join('|')})\\b`),
    message: 'do it, or write it up where others will find it'
  }
]

export function checkLeftovers(root: string): Violation[] {
  return matchLines(root, listFiles(root).filter(isCode), RULES)
}
