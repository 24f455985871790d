/** Edits beyond which a name is not what somebody meant to write. */
const EDITS_MAX = 3

const nextRow = (row: readonly number[], letter: string, word: string): readonly number[] => {
  const next = [(row[0] ?? 0) + 1]
  for (let i = 1; i <= word.length; i++) {
    const change = (row[i - 1] ?? 0) + (word[i - 1] === letter ? 0 : 1)
    next.push(Math.min(change, (row[i] ?? 0) + 1, (next[i - 1] ?? 0) + 1))
  }
  return next
}

/** Levenshtein distance in UTF-16 code units. */
const editDistance = (a: string, b: string): number => {
  const first: readonly number[] = Array.from({ length: b.length + 1 }, (_, index) => index)
  return (
    a
      .split('')
      .reduce<readonly number[]>((row, letter) => nextRow(row, letter, b), first)
      .at(-1) ?? 0
  )
}

/** The name that was most likely meant; undefined when none is within three edits. The first wins a tie. */
export const nearestName = (name: string, known: readonly string[]): string | undefined => {
  const ranked = known.map(candidate => ({ candidate, edits: editDistance(name, candidate) }))
  const [best] = ranked.toSorted((a, b) => a.edits - b.edits)
  return best !== undefined && best.edits <= Math.min(EDITS_MAX, name.length - 1) ? best.candidate : undefined
}
