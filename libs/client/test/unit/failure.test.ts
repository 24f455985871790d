import { writeFileSync } from 'node:fs'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createConnection } from '../../src/connection.ts'
import { exchange, readText } from '../../src/exchange.ts'
import { createClient } from '../../src/index.ts'
import { listen } from './server.ts'

describe('errors', () => {
  it('keeps code, detail and suggestions of a problem', async () => {
    const api = await listen((_request, response) => {
      response.writeHead(409, { 'content-type': 'application/problem+json' })
      response.end(
        '{"type":"about:blank","title":"Conflict","status":409,"detail":"voted","code":"QRT_CONFLICT","suggestions":["s"]}'
      )
    })
    await expect(createClient({ api }).status()).rejects.toMatchObject({
      name: 'QuorateError',
      code: 'QRT_CONFLICT',
      message: 'voted',
      suggestions: ['s']
    })
  })

  it.each([
    [404, 'QRT_NOT_FOUND'],
    [400, 'QRT_USAGE'],
    [429, 'QRT_OVERLOADED'],
    [500, 'QRT_INTERNAL']
  ])('falls back to the status when the code of a %i is unknown', async (status, code) => {
    const api = await listen((_request, response) => {
      response.statusCode = status
      response.end('{"code":"QRT_FROM_THE_FUTURE"}')
    })
    await expect(createClient({ api }).status()).rejects.toMatchObject({ code })
  })

  it('says that no daemon answers, and what to do, when there is no socket', async () => {
    const client = createClient({ api: '/nowhere/api.sock', whenUnreachable: ['quorate daemon'] })
    await expect(client.status()).rejects.toMatchObject({
      code: 'QRT_UNREACHABLE',
      message: 'No daemon answers at /nowhere/api.sock (there is no socket).',
      suggestions: ['quorate daemon']
    })
  })

  it('says the same of a file that is no socket', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'quorate-client-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    writeFileSync(join(folder, 'api.sock'), '')
    const client = createClient({ api: join(folder, 'api.sock') })
    await expect(client.status()).rejects.toMatchObject({ code: 'QRT_UNREACHABLE' })
  })

  it('says the same when the connection breaks off', async () => {
    const api = await listen(request => request.socket.destroy())
    await expect(createClient({ api }).status()).rejects.toMatchObject({ code: 'QRT_UNREACHABLE' })
  })

  it('knows what answers but is no daemon', async () => {
    const api = await listen((_request, response) => response.end('<html>'))
    await expect(createClient({ api }).status()).rejects.toMatchObject({ code: 'QRT_UNREACHABLE' })
  })

  it('bounds the time of a call', async () => {
    const connection = createConnection({ api: await listen(() => undefined) })
    const call = exchange(connection, { method: 'GET', path: '/', timeoutMs: 20 })
    await expect(call).rejects.toMatchObject({ code: 'QRT_UNREACHABLE' })
  })

  it('bounds the time of an answer that starts and does not end', async () => {
    const connection = createConnection({ api: await listen((_request, response) => response.write('{')) })
    const call = exchange(connection, { method: 'GET', path: '/', timeoutMs: 50 })
    await expect(call).rejects.toMatchObject({ code: 'QRT_UNREACHABLE' })
  })

  it('bounds the size of an answer', async () => {
    const connection = createConnection({ api: await listen((_request, response) => response.end('12345')) })
    const { request, response } = connection.open({ method: 'GET', path: '/' })
    request.end()
    await expect(readText(await response, 4)).rejects.toMatchObject({ code: 'QRT_TOO_LARGE' })
  })

  it('ends a call that the caller aborts', async () => {
    const controller = new AbortController()
    const api = await listen(() => controller.abort())
    const client = createClient({ api, signal: controller.signal })
    await expect(client.status()).rejects.toMatchObject({ code: 'QRT_INTERRUPTED' })
  })
})
