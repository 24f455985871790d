/** A server on a socket of its own for one test; it ends with the test. */
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

type Handler = (request: IncomingMessage, response: ServerResponse) => unknown

export async function listen(handler: Handler): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'quorate-client-'))
  const api = join(folder, 'api.sock')
  const server = createServer((request, response) => void handler(request, response))
  await new Promise<void>(resolve => server.listen(api, resolve))
  onTestFinished(() => stop(server, folder))
  return api
}

export async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

function stop(server: Server, folder: string): void {
  server.closeAllConnections()
  server.close()
  rmSync(folder, { recursive: true, force: true })
}
