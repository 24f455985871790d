/** What came out of the stream: a line without its end, or the news that one was too long and is left out. */
export type SplitLine = { readonly text: string } | { readonly tooLong: true }

/** Splits chunks of bytes into lines (`\n` or `\r\n`), in bounded memory. */
export interface LineSplitter {
  push(chunk: Uint8Array): SplitLine[]
  /** The last line, which needs no end. */
  end(): SplitLine[]
}

/** Bounds: lines of at most `lineCharsMax` UTF-16 code units; the rest of a longer one is skipped. */
export const createLineSplitter = (lineCharsMax: number): LineSplitter => {
  const decoder = new TextDecoder()
  let rest = ''
  let skipping = false

  const complete = (line: string): SplitLine[] => {
    if (skipping) {
      skipping = false
      return [{ tooLong: true }]
    }
    const text = line.endsWith('\r') ? line.slice(0, -1) : line
    return [text.length > lineCharsMax ? { tooLong: true } : { text }]
  }

  return {
    push: chunk => {
      const parts = decoder.decode(chunk, { stream: true }).split('\n')
      const last = parts.pop() as string
      if (parts.length > 0) {
        parts[0] = rest + (parts[0] as string)
        rest = ''
      }
      const lines = parts.flatMap(complete)
      rest = skipping ? '' : rest + last
      if (rest.length > lineCharsMax + 1) {
        rest = ''
        skipping = true
      }
      return lines
    },
    end: () => {
      rest += decoder.decode()
      return rest === '' && !skipping ? [] : complete(rest)
    }
  }
}
