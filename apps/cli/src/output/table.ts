import Table from 'cli-table3'
import type { Style } from './style.ts'

const NO_LINES = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  '
}

/** Aligned columns without lines around them. Columns of numbers are set to the right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[], style: Style): string {
  const made = new Table({
    head: head.map(name => style.bold(name)),
    chars: NO_LINES,
    colAligns: head.map((_, column) => (isNumeric(rows, column) ? 'right' : 'left')),
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 }
  })
  made.push(...rows.map(row => [...row]))
  return made
    .toString()
    .split('\n')
    .map(line => line.trimEnd())
    .join('\n')
}

function isNumeric(rows: readonly (readonly string[])[], column: number): boolean {
  return rows.length > 0 && rows.every(row => /^(-?\d[\d.,]*( ms)?|—)$/.test(row[column] ?? ''))
}
