/** Checks that every relative link in a Markdown file leads to a file or folder of the repository. */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { listFiles } from './files.ts'
import type { Violation } from './violation.ts'

const LINK = /\]\(\s*<?([^)\s>]+)>?[^)]*\)/g
const ELSEWHERE = /^([a-z][a-z0-9+.-]*:|#|\/\/)/i

export function checkDocLinks(root: string): Violation[] {
  const documents = listFiles(root).filter(file => file.endsWith('.md'))
  return documents.flatMap(file =>
    linksOf(readFileSync(join(root, file), 'utf8'))
      .filter(({ target }) => !ELSEWHERE.test(target) && !leadsSomewhere(root, file, target))
      .map(({ target, line }) => ({ rule: 'doc-link', file, line, message: `'${target}' does not exist` }))
  )
}

function leadsSomewhere(root: string, file: string, target: string): boolean {
  const path = decodeURI(target.replace(/[#?].*$/, ''))
  return existsSync(path.startsWith('/') ? join(root, path) : join(root, dirname(file), path))
}

/** Links outside code: fenced blocks and inline code are blanked first, so that line numbers hold. */
function linksOf(text: string): { target: string; line: number }[] {
  const prose = text
    .replace(/^(```|~~~)[\s\S]*?^\1/gm, block => block.replace(/[^\n]/g, ''))
    .replace(/`[^`\n]*`/g, '')
  return prose
    .split('\n')
    .flatMap((content, index) =>
      [...content.matchAll(LINK)].map(match => ({ target: match[1] ?? '', line: index + 1 }))
    )
}
