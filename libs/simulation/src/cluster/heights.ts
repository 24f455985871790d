import { decodeCbor } from '@quorate/core'
import { LEDGER_SPACES } from '@quorate/ledger'
import type { Member } from './member.ts'

/** How far the member has executed, as its disk tells. */
export const heightOf = ({ disk }: Member): number => {
  const bytes = disk.get(LEDGER_SPACES.head, 'head')
  return bytes ? (decodeCbor(bytes) as [number])[0] : 0
}
