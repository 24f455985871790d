import { stripVTControlCharacters } from 'node:util'

export interface Wrap {
  /** Of the terminal; absent where there is none, and nothing is wrapped. */
  readonly columns: number | undefined
  /** What the lines after the first begin with. */
  readonly indent: string
}

/** Breaks a line between words where a terminal would break it inside of one. A line that fits stays as it is. */
export function wrap(line: string, { columns, indent }: Wrap): string {
  if (columns === undefined || widthOf(line) <= columns) return line
  const lines: string[] = []
  let current = ''
  for (const word of line.split(/(?<=\S) /)) {
    const longer = current === '' ? word : `${current} ${word}`
    if (current !== '' && widthOf(longer) > columns) {
      lines.push(current)
      current = indent + word
    } else current = longer
  }
  return [...lines, current].join('\n')
}

/** Columns that it takes: colours take none. */
function widthOf(text: string): number {
  return stripVTControlCharacters(text).length
}
