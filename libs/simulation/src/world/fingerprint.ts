/** A running digest (FNV-1a, 32 bits twice) of what is sent: enough to tell two runs apart, and cheap. */
export interface Fingerprint {
  readonly add: (value: number) => void
  readonly text: () => string
}

const PRIME = 0x0100_0193

export const createFingerprint = (): Fingerprint => {
  let [a, b] = [0x811c_9dc5, 0x2f0b_4c47]
  return {
    add: value => {
      a = Math.imul(a ^ (value & 0xffff), PRIME)
      b = Math.imul(b ^ (value >>> 16) ^ (a & 0xff), PRIME)
    },
    text: () => [a, b].map(half => (half >>> 0).toString(16).padStart(8, '0')).join('')
  }
}
