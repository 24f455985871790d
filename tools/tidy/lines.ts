/** Reports every line of the given files that a pattern matches: the shared core of the text checks. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Violation } from './violation.ts'

export interface LineRule {
  readonly rule: string
  readonly pattern: RegExp
  readonly message: string
}

export function matchLines(root: string, files: readonly string[], rules: readonly LineRule[]): Violation[] {
  return files.flatMap(file =>
    readFileSync(join(root, file), 'utf8')
      .split('\n')
      .flatMap((text, index) =>
        rules
          .filter(({ pattern }) => pattern.test(text))
          .map(({ rule, message }) => ({ rule, message, file, line: index + 1 }))
      )
  )
}
