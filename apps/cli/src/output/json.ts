/** One JSON document: indented for people on a terminal, one line for programs. */
export function formatJson(value: unknown, isTTY: boolean): string {
  const text = JSON.stringify(value ?? null, undefined, isTTY ? 2 : undefined)
  // JSON leaves these control characters as they are, and terminals act on them.
  return text.replaceAll(/[\u007F-\u009F\u2028\u2029]/g, escape)
}

function escape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
