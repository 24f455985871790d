const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\]:,]/g

/**
 * Parses JSON and refuses objects that name a field twice: a reader of the file would see one value, a program the
 * other. Undefined for text that is not JSON; never throws.
 */
export const parseJsonStrictly = (text: string): unknown => {
  try {
    const value: unknown = JSON.parse(text)
    return namesFieldTwice(text) ? undefined : value
  } catch {
    return undefined
  }
}

/** For text that is known to be JSON. */
const namesFieldTwice = (json: string): boolean => {
  const open: (Set<string> | undefined)[] = []
  let last = ''
  for (const [token] of json.matchAll(TOKEN)) {
    if (token === '{') open.push(new Set())
    else if (token === '[') open.push(undefined)
    else if (token === '}' || token === ']') open.pop()
    else if (token === ':' && !addName(open.at(-1), last)) return true
    else last = token
  }
  return false
}

/** False when the object has a field of that name already. */
const addName = (names: Set<string> | undefined, token: string): boolean => {
  const name = JSON.parse(token) as string
  if (names?.has(name)) return false
  names?.add(name)
  return true
}
