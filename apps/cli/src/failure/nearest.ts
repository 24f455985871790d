/** The candidates that are most like what was typed, best first; none when nothing is near. */
export function nearest(typed: string, candidates: readonly string[], countMax = 3): string[] {
  const limit = Math.max(1, Math.floor(typed.length / 3))
  return candidates
    .map(candidate => ({ candidate, distance: distanceOf(typed, candidate) }))
    .filter(({ distance }) => distance <= limit)
    .toSorted((a, b) => a.distance - b.distance || a.candidate.localeCompare(b.candidate))
    .slice(0, countMax)
    .map(({ candidate }) => candidate)
}

/** Edits that make one of the other; a beginning counts as near. */
function distanceOf(typed: string, candidate: string): number {
  if (typed.length >= 3 && candidate.startsWith(typed)) return 0.5
  return editDistance(typed, candidate)
}

/** Levenshtein distance, one row at a time. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
