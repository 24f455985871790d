import { styleText } from 'node:util'

type Paint = (text: string) => string

export interface Style {
  readonly bold: Paint
  readonly dim: Paint
  readonly red: Paint
  readonly green: Paint
  readonly yellow: Paint
  readonly cyan: Paint
}

const NAMES = ['bold', 'dim', 'red', 'green', 'yellow', 'cyan'] as const

export function createStyle(enabled: boolean): Style {
  const paint = (name: (typeof NAMES)[number]): Paint =>
    enabled ? text => styleText(name, text, { validateStream: false }) : text => text
  return Object.fromEntries(NAMES.map(name => [name, paint(name)])) as unknown as Style
}

/** Colour is for terminals whose user has not said no (https://no-color.org). */
export function wantsColour(isTTY: boolean, env: { readonly [name: string]: string | undefined }): boolean {
  return isTTY && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb'
}
