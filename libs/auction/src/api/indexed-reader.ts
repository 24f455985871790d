import type { CborValue, StateReader } from '@quorate/contracts'

type Row = readonly [key: string, value: CborValue]

/** First row whose key is not below `key`. */
const lowerBound = (rows: readonly Row[], key: string): number => {
  let [low, high] = [0, rows.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((rows[middle]?.[0] ?? '') < key) low = middle + 1
    else high = middle
  }
  return low
}

/**
 * The same space, read once and searched by halving: for views that ask for many prefixes, where every
 * `range` of the state itself may walk all keys. Valid until the state changes.
 */
export const createIndexedReader = (reader: StateReader): StateReader => {
  const rows = reader.range('')
  return {
    get: key => reader.get(key),
    range: prefix => {
      const from = lowerBound(rows, prefix)
      let to = from
      while (rows[to]?.[0].startsWith(prefix) === true) to++
      return rows.slice(from, to)
    },
    module: name => reader.module(name)
  }
}
