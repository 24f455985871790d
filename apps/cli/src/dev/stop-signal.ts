/**
 * Settles when this process shall stop: on a signal, or when the `quorate dev` that started it is gone, however it
 * went. A peer of `dev` holds a channel to it for that.
 */
export async function stopSignal(signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  signal.addEventListener('abort', () => resolve())
  if (signal.aborted) resolve()
  if (process.channel !== undefined) {
    process.once('disconnect', () => resolve())
    // To listen is not to stay: a peer whose start failed ends by itself.
    process.channel.unref()
  }
  await promise
}
