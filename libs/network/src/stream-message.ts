/**
 * What travels on a direct stream: `varint length | header byte | frame` (docs/protocol/wire.md, W101, W102).
 *
 * Header byte: bit 7 set: addressed to the receiver alone. Bits 0 and 1: how many more times it may be handed on.
 * All other bits are zero. The header is per hop and not signed; the frame is the same bytes at every hop.
 */
export interface StreamMessage {
  /** Sent to this peer alone: always judged, never handed on. */
  readonly addressed: boolean
  /** 0..3 */
  readonly hops: number
  readonly frame: Uint8Array
}

const ADDRESSED = 0x80
const HOPS_MASK = 0x03
export const HOPS_MAX = 3

/** Encoded once and shared by all receivers. Shape: one buffer, so that a queue holds one reference. */
export const encodeStreamMessage = ({ addressed, hops, frame }: StreamMessage): Uint8Array => {
  const length = encodeVarint(frame.length + 1)
  const bytes = Buffer.allocUnsafe(length.length + 1 + frame.length)
  bytes.set(length, 0)
  bytes[length.length] = addressed ? ADDRESSED : hops & HOPS_MASK
  bytes.set(frame, length.length + 1)
  return bytes
}

/** Reads what follows the length. Undefined when the header is none of the documented ones. */
export const decodeStreamMessage = (bytes: Uint8Array): StreamMessage | undefined => {
  const header = bytes[0] ?? 0xff
  const frame = bytes.subarray(1)
  if (header === ADDRESSED) return { addressed: true, hops: 0, frame }
  return header <= HOPS_MASK ? { addressed: false, hops: header, frame } : undefined
}

/** Unsigned LEB128, as everywhere in libp2p. Bounds: below 2^31. */
const encodeVarint = (value: number): number[] => {
  const bytes: number[] = []
  let rest = value
  while (rest > 0x7f) {
    bytes.push((rest & 0x7f) | 0x80)
    rest >>>= 7
  }
  bytes.push(rest)
  return bytes
}
