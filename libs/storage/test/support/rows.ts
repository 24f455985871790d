import type { StoreOp } from '@quorate/contracts'

export const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text))

export const put = (space: string, key: string, value: string | Uint8Array = `${space}:${key}`): StoreOp => ({
  type: 'put',
  space,
  key,
  value: typeof value === 'string' ? bytes(value) : value
})

/** What `step` throws, as something whose code, message and suggestions can be asked for. */
export const thrownBy = (step: () => unknown): Error & { code?: string; suggestions?: readonly string[] } => {
  try {
    step()
  } catch (error) {
    if (error instanceof Error) return error
  }
  throw new Error('expected an error')
}
