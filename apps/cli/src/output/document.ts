import { writeFile } from 'node:fs/promises'
import { QuorateError } from '@quorate/contracts'
import type { Session } from '../session.ts'

/** Prints a document that is JSON for everyone, or writes it to a file. */
export async function printDocument(
  session: Session,
  value: unknown,
  out: string | undefined
): Promise<void> {
  const text = `${JSON.stringify(value, undefined, 2)}\n`
  if (out !== undefined) await save(out, text)
  await session.print(value, () => (out === undefined ? text : `Written to ${out}`))
}

async function save(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new QuorateError('QRT_USAGE', `'${path}' cannot be written: ${why}.`, { cause })
  }
}
