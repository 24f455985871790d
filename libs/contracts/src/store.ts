/** One change of the durable store. Keys are text, ordered by their UTF-16 code units; values are opaque bytes. */
export type StoreOp =
  | { readonly type: 'put'; readonly space: string; readonly key: string; readonly value: Uint8Array }
  | { readonly type: 'delete'; readonly space: string; readonly key: string }
  /** Deletes every key of the space with `from <= key < to`. */
  | { readonly type: 'delete-range'; readonly space: string; readonly from: string; readonly to: string }

export interface StoreRow {
  readonly key: string
  readonly value: Uint8Array
}

export interface RangeOptions {
  /** First key, inclusive. Default: the smallest. */
  readonly from?: string
  /** Last key, exclusive. Default: past the largest. */
  readonly to?: string
  readonly limit?: number
  readonly reverse?: boolean
}

/** What has been made durable, for reading. Spaces are named `area/thing`, for example `pbft/slot`. */
export interface StoreReader {
  get(space: string, key: string): Uint8Array | undefined
  range(space: string, options?: RangeOptions): readonly StoreRow[]
}

/**
 * The durable key-value store behind the node.
 *
 * `commit` applies all operations in one transaction and returns only after they are on stable storage (one fsync).
 * It throws `QRT_STORAGE_FAILED` when the medium fails; after that the store refuses everything (the error latches).
 */
export interface Store extends StoreReader {
  commit(ops: readonly StoreOp[]): void
  close(): void
}
