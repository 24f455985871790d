/**
 * What tests of several projects share. Tests may import it, code that ships may not.
 *
 * @example
 * const signing = createKeyedSigning(groupId, 'peer-1')
 * const store = createMemoryStore()
 */
export * from './keyed-signing.ts'
export * from './memory-store.ts'
