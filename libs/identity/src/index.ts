/**
 * Keys, signed envelopes and offline verification of receipts.
 *
 * @example
 * import { createSigning, generateKey } from '@quorate/identity'
 * const signing = createSigning({ key: generateKey(), groupId: '0'.repeat(64) })
 * const { frame } = signing.sign('greeting', ['hello'])
 * const opened = signing.open(frame)  // { ok: true, envelope: { kind: 'greeting', author, body, digest, frame } }
 */
export * from './peer-id.ts'
export { SEED_BYTES, generateKey, keyOfSeed, type IdentityKey } from './key.ts'
export * from './key-file.ts'
export * from './opener.ts'
export * from './signing.ts'
export * from './describe-envelope.ts'
export * from './receipt/json-text.ts'
export { parseGroupExport, type KnownGroup, type ParsedGroup } from './receipt/parse-group.ts'
export * from './receipt/verify-receipt.ts'
