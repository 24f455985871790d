/** A line on a terminal that tells how far the run is; nothing where there is no terminal. */
export interface Progress {
  readonly update: (done: number, failed: number) => void
  readonly clear: () => void
}

const EVERY_MS = 200
const CLEAR = '\r\u001B[K'

export const createProgress = (
  total: number,
  stream: Pick<NodeJS.WriteStream, 'isTTY' | 'write'>
): Progress => {
  if (!stream.isTTY) return { update: () => undefined, clear: () => undefined }
  const begun = performance.now()
  let shownAt = Number.NEGATIVE_INFINITY
  return {
    update: (done, failed) => {
      const now = performance.now()
      if (now - shownAt < EVERY_MS) return
      shownAt = now
      const leftS = Math.round(((now - begun) / done) * (total - done) * 0.001)
      stream.write(`${CLEAR}${done} of ${total} seeds, ${failed} with violations, ${leftS} s left`)
    },
    clear: () => void stream.write(CLEAR)
  }
}
