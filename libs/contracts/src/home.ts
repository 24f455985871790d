/**
 * The home of a node: the names of the files in it, and where its control API listens.
 * Pure rules, shared by the daemon that listens and the client that calls.
 */

/** Control API, relative to the home. */
export const API_SOCKET_FILE = 'api.sock'

/** Bearer token of the TCP control API, mode 0600, relative to the home. */
export const API_TOKEN_FILE = 'api.token'

/** The group (`GroupExport`) as the daemon last wrote it, relative to the home: what an offline `verify` needs. */
export const GROUP_FILE = 'group.json'

/** Longest path that every supported system takes for a socket (macOS takes 104 bytes, Linux 108). */
export const SOCKET_PATH_BYTES_MAX = 100

export interface ApiAddressInit {
  /** Absolute path, symbolic links as the user gave them. */
  readonly home: string
  /** `os.tmpdir()` */
  readonly tmpdir: string
  /** Lower-case hex SHA-256 of a text's UTF-8 bytes. */
  readonly sha256Hex: (text: string) => string
}

/** Path of the control API's socket: `HOME/api.sock`, or a short path that the home determines when that is too long. */
export function apiAddress({ home, tmpdir, sha256Hex }: ApiAddressInit): string {
  const path = `${home}/${API_SOCKET_FILE}`
  if (utf8Length(path) <= SOCKET_PATH_BYTES_MAX) return path
  return `${tmpdir}/quorate-${sha256Hex(home).slice(0, 16)}/${API_SOCKET_FILE}`
}

/** Bytes of the text in UTF-8; there is no TextEncoder in a project that imports nothing. */
export function utf8Length(text: string): number {
  let bytes = 0
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
  }
  return bytes
}

/** One setting of a node, its value, and what set it. `GET /v1/config` and `readConfig` give a list of these. */
export interface ConfigEntry {
  /** Dotted: `ballot.policy`. */
  readonly key: string
  readonly value: unknown
  readonly origin: 'flag' | 'env' | 'file' | 'default'
}
