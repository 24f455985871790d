import type { StoreOp, StoreReader } from '@quorate/contracts'

/** Values differ per commit and span from nothing to several pages. */
export const numberedValue = (commit: number): Uint8Array =>
  new Uint8Array((commit * 37) % 9000).map((_, index) => (commit + index) % 251)

const keyOf = (commit: number): string => String(commit).padStart(8, '0')

/** Commit number `commit`: a row of its own, a row that every commit overwrites, and one that it takes away. */
export const numberedOps = (commit: number): readonly StoreOp[] => [
  { type: 'put', space: 'test/log', key: keyOf(commit), value: numberedValue(commit) },
  { type: 'put', space: 'test/head', key: 'last', value: new Uint8Array(Buffer.from(String(commit))) },
  { type: 'put', space: 'test/window', key: keyOf(commit), value: numberedValue(commit + 1) },
  { type: 'delete', space: 'test/window', key: keyOf(commit - 3) }
]

/** Number of commits that are wholly there, in order and nothing beside; -1 when it is anything else. */
export const countNumbered = (store: StoreReader): number => {
  const rows = store.range('test/log')
  const isPrefix = rows.every(
    (row, index) => row.key === keyOf(index + 1) && Buffer.compare(row.value, numberedValue(index + 1)) === 0
  )
  const head = Buffer.from(store.get('test/head', 'last') ?? Buffer.from('0')).toString()
  const window = store.range('test/window').map(row => row.key)
  const expected = [2, 1, 0]
    .map(back => rows.length - back)
    .filter(commit => commit > 0)
    .map(keyOf)
  return isPrefix && Number(head) === rows.length && window.join() === expected.join() ? rows.length : -1
}
