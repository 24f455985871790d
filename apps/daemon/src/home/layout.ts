import { join } from 'node:path'
import { API_SOCKET_FILE, API_TOKEN_FILE, GROUP_FILE } from '@quorate/contracts'

/** The files of a home. Everything is for its owner alone: files 0600, folders 0700. */
export interface HomePaths {
  /** Ed25519 private key, PKCS #8 PEM. */
  readonly key: string
  /** The founding document, canonical CBOR; a home has a group from the moment that this file is there. */
  readonly founding: string
  /** `GroupExport`, as JSON: what an offline `verify` needs. */
  readonly group: string
  readonly config: string
  /** Folder of the durable store. */
  readonly data: string
  readonly socket: string
  readonly token: string
  /** What the daemon says of itself: `DaemonRecord`. */
  readonly daemon: string
}

export const homePaths = (home: string): HomePaths => ({
  key: join(home, 'key'),
  founding: join(home, 'founding.cbor'),
  group: join(home, GROUP_FILE),
  config: join(home, 'config.toml'),
  data: join(home, 'data'),
  socket: join(home, API_SOCKET_FILE),
  token: join(home, API_TOKEN_FILE),
  daemon: join(home, 'daemon.json')
})
