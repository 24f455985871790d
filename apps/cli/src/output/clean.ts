/** Control characters, and those that turn the direction of writing: a peer could forge output with them. */
// oxlint-disable-next-line no-control-regex
const UNSAFE = /[\u0000-\u001F\u007F-\u009F\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069\uFEFF]/g

/** Text from peers, made fit for a terminal: on one line, and without characters that a terminal acts on. */
export function clean(text: string): string {
  return text.replaceAll(UNSAFE, character =>
    character === '\n' || character === '\t' ? ' ' : `\\u{${character.charCodeAt(0).toString(16)}}`
  )
}

/** At most so many characters of it, cleaned. */
export function shorten(text: string, lengthMax: number): string {
  const characters = Array.from(clean(text))
  if (characters.length <= lengthMax) return characters.join('')
  return `${characters.slice(0, lengthMax - 1).join('')}…`
}

/** Beginning of an id or a peer id: enough to tell it from others, and to name it by; lists fit a terminal so. */
export function shortId(id: string): string {
  return clean(id).slice(0, id.startsWith('12D3KooW') ? 16 : 12)
}
