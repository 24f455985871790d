import type { Digest } from '@quorate/contracts'
import { fromHex } from './bytes.ts'
import { sha256 } from './hash.ts'

/** Merkle trees as in RFC 6962 section 2.1: a leaf is sha256(0x00 || data), a node sha256(0x01 || left || right). */

export const EMPTY_ROOT: Digest = sha256(new Uint8Array())

export const merkleLeaf = (data: Uint8Array): Digest => {
  const input = new Uint8Array(data.length + 1)
  input.set(data, 1)
  return sha256(input)
}

const node = (left: Digest, right: Digest): Digest => {
  const input = new Uint8Array(65)
  input[0] = 1
  input.set(fromHex(left), 1)
  input.set(fromHex(right), 33)
  return sha256(input)
}

/** Largest power of two smaller than n, for n >= 2. */
const split = (n: number): number => 2 ** Math.floor(Math.log2(n - 1))

export const merkleRoot = (leaves: readonly Digest[]): Digest => {
  if (leaves.length === 0) return EMPTY_ROOT
  let level: readonly Digest[] = leaves
  while (level.length > 1) level = parents(level)
  return level[0] as Digest
}

/** One level up; an odd last digest is carried, which gives the same tree as RFC 6962's recursion. */
const parents = (level: readonly Digest[]): Digest[] => {
  const above: Digest[] = []
  for (let i = 0; i < level.length; i += 2) {
    const [left, right] = [level[i] as Digest, level[i + 1]]
    above.push(right === undefined ? left : node(left, right))
  }
  return above
}

/** The audit path of the leaf at `position`, from the leaf's sibling upwards (RFC 6962 section 2.1.1). */
export const merklePath = (leaves: readonly Digest[], position: number): Digest[] => {
  if (leaves.length <= 1) return []
  const k = split(leaves.length)
  const [left, right] = [leaves.slice(0, k), leaves.slice(k)]
  return position < k
    ? [...merklePath(left, position), merkleRoot(right)]
    : [...merklePath(right, position - k), merkleRoot(left)]
}

export interface MerkleProof {
  readonly leaf: Digest
  readonly position: number
  readonly count: number
  readonly siblings: readonly Digest[]
}

/** The root that the proof leads to, or undefined when the path has the wrong length (RFC 9162 section 2.1.3.2). */
export const merkleRootOf = (proof: MerkleProof): Digest | undefined => {
  if (proof.position < 0 || proof.position >= proof.count) return undefined
  let [fn, sn] = [proof.position, proof.count - 1]
  let root = proof.leaf
  for (const sibling of proof.siblings) {
    if (sn === 0) return undefined
    if (fn % 2 === 1 || fn === sn) {
      root = node(sibling, root)
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)]
    } else {
      root = node(root, sibling)
    }
    ;[fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)]
  }
  return sn === 0 ? root : undefined
}
