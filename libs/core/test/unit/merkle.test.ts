import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { EMPTY_ROOT, merkleLeaf, merklePath, merkleRoot, merkleRootOf, utf8 } from '../../src/index.ts'

const leavesOf = (count: number): string[] =>
  Array.from({ length: count }, (_, i) => merkleLeaf(utf8(`leaf ${i}`)))

/** RFC 6962 section 2.1, as it stands there: the recursion that the code replaces by levels. */
const rootOfRfc = (data: readonly Buffer[]): Buffer => {
  const hash = (...parts: Buffer[]): Buffer => createHash('sha256').update(Buffer.concat(parts)).digest()
  if (data.length === 0) return hash()
  if (data.length === 1) return hash(Buffer.of(0), data[0] as Buffer)
  const k = 2 ** Math.floor(Math.log2(data.length - 1))
  return hash(Buffer.of(1), rootOfRfc(data.slice(0, k)), rootOfRfc(data.slice(k)))
}

const all = Array.from({ length: 64 }, (_, i) => i + 1).flatMap(count => {
  const leaves = leavesOf(count)
  return leaves.map((leaf, position) => {
    return { leaf, position, count, siblings: merklePath(leaves, position), root: merkleRoot(leaves) }
  })
})

describe('Merkle trees', () => {
  it('have the root of RFC 6962 at every size up to 64 (W41)', () => {
    for (let count = 0; count <= 64; count++) {
      const data = Array.from({ length: count }, (_, i) => Buffer.from(`leaf ${i}`))
      expect(merkleRoot(leavesOf(count))).toBe(rootOfRfc(data).toString('hex'))
    }
  })

  it('without leaves have the hash of nothing as root (W42)', () => {
    expect(merkleRoot([])).toBe(EMPTY_ROOT)
    expect(EMPTY_ROOT).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  })

  it('prove every position (W43)', () => {
    expect(all.filter(proof => merkleRootOf(proof) !== proof.root)).toEqual([])
  })
})

describe('a Merkle path does not lead to the root', () => {
  it('from another position (W43)', () => {
    const wrong = all.flatMap(proof =>
      Array.from({ length: proof.count }, (_, position) => ({ ...proof, position })).filter(
        ({ position }) => position !== proof.position
      )
    )
    expect(wrong.filter(proof => merkleRootOf(proof) === proof.root)).toEqual([])
  })

  it('with any one sibling changed, missing, or added (W43)', () => {
    const other = merkleLeaf(utf8('other'))
    const wrong = all.flatMap(proof => [
      ...proof.siblings.map((_, i) => ({ ...proof, siblings: proof.siblings.with(i, other) })),
      ...proof.siblings.map((_, i) => ({ ...proof, siblings: proof.siblings.toSpliced(i, 1) })),
      { ...proof, siblings: [...proof.siblings, other] },
      { ...proof, siblings: [other, ...proof.siblings] }
    ])
    expect(wrong.filter(proof => merkleRootOf(proof) === proof.root)).toEqual([])
  })

  it('from another leaf (W43)', () => {
    const other = merkleLeaf(utf8('other'))
    expect(all.filter(proof => merkleRootOf({ ...proof, leaf: other }) === proof.root)).toEqual([])
  })

  it('with a count that gives the path another length (W43)', () => {
    const wrong = all.flatMap(proof =>
      [0, proof.position, proof.count * 4].map(count => ({ ...proof, count }))
    )
    expect(wrong.filter(proof => merkleRootOf(proof) === proof.root)).toEqual([])
  })

  it('from a position outside the tree (W43)', () => {
    const [proof] = all
    expect([-1, 1, 64].map(position => proof && merkleRootOf({ ...proof, position }))).toEqual([
      undefined,
      undefined,
      undefined
    ])
  })
})
