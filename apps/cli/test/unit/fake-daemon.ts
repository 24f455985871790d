/** A daemon that answers as told: the shapes of the control API on a socket, without anything behind them. */
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ERRORS } from '@quorate/contracts'
import type { ErrorCode } from '@quorate/contracts'
import { onTestFinished } from 'vitest'
import * as fixtures from './fixtures.ts'

/** What a route answers: a value, an error, or a function of the request's body that gives one of them. */
export type Answer = Problem | ((body: unknown) => unknown) | object

export class Problem {
  readonly code: ErrorCode
  readonly detail: string
  readonly suggestions: readonly string[]

  constructor(code: ErrorCode, detail: string = ERRORS[code].meaning, suggestions: readonly string[] = []) {
    this.code = code
    this.detail = detail
    this.suggestions = suggestions
  }
}

export interface FakeDaemon {
  readonly home: string
  readonly api: string
  /** `METHOD /path` and body of every call. */
  readonly calls: { readonly route: string; readonly body: unknown }[]
}

const ROUTES: { readonly [route: string]: Answer } = {
  'GET /v1/status': fixtures.status,
  'GET /v1/peers': fixtures.peers,
  'GET /v1/members': fixtures.members,
  'GET /v1/group': fixtures.group,
  'GET /v1/config': fixtures.config,
  'POST /v1/proposals': { ...fixtures.accepted, ...fixtures.pendingFields },
  'GET /v1/proposals': [fixtures.accepted, fixtures.rejected],
  'GET /v1/proposals?pending=true': [],
  'GET /v1/proposals/p1': fixtures.accepted,
  'GET /v1/proposals/p1/wait': fixtures.accepted,
  'POST /v1/proposals/p1/votes': { proposalId: 'p1', verdict: 'accept', recorded: true },
  'GET /v1/ledger': fixtures.ledger,
  'GET /v1/receipts/p1': fixtures.receipt,
  'GET /v1/evidence': fixtures.evidence,
  'GET /v1/evidence/e1': fixtures.evidenceDetail,
  'GET /v1/agents': fixtures.agents,
  'POST /v1/agents': { agent: 'alpha/coder', token: 'secret' },
  'POST /v1/auctions': { ...fixtures.awarded, phase: 'bidding' },
  'GET /v1/auctions': [fixtures.awarded],
  'GET /v1/auctions/a1': fixtures.awarded,
  'GET /v1/auctions/a1/wait': fixtures.awarded,
  'POST /v1/auctions/a1/bids': { auctionId: 'a1', bidId: 'b1', sealed: true },
  'POST /v1/auctions/a1/cancel': { ...fixtures.awarded, phase: 'cancelled' },
  'POST /v1/auctions/a1/replay': { auctionId: 'a1', matches: true, recorded: 'r', recomputed: 'r' }
}

/** Starts one for the running test, with other answers than the usual ones where given. */
export async function startFakeDaemon(
  routes: { readonly [route: string]: Answer } = {}
): Promise<FakeDaemon> {
  const home = mkdtempSync(join(tmpdir(), 'quorate-cli-'))
  const api = join(home, 'api.sock')
  const calls: FakeDaemon['calls'] = []
  const server = createServer((request, response) => {
    void answer(request, response, { routes: { ...ROUTES, ...routes }, calls })
  })
  await new Promise<void>(resolve => server.listen(api, resolve))
  onTestFinished(() => stop(server, home))
  return { home, api, calls }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { routes, calls }: { routes: { readonly [route: string]: Answer }; calls: FakeDaemon['calls'] }
): Promise<void> {
  const exact = `${request.method} ${request.url}`
  const route = Object.hasOwn(routes, exact) ? exact : exact.replace(/\?.*$/, '')
  const body = parse(await textOf(request))
  calls.push({ route: exact, body })
  const given = routes[route] ?? new Problem('QRT_NOT_FOUND', `no ${route}`)
  send(response, typeof given === 'function' ? await given(body) : given)
}

function send(response: ServerResponse, value: unknown): void {
  if (!(value instanceof Problem)) return void response.end(JSON.stringify(value))
  const { code, detail, suggestions } = value
  const status = ERRORS[code].http >= 400 ? ERRORS[code].http : 409
  response.writeHead(status, { 'content-type': 'application/problem+json' })
  response.end(JSON.stringify({ type: 'about:blank', title: code, status, detail, code, suggestions }))
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

function parse(text: string): unknown {
  return text === '' ? undefined : JSON.parse(text)
}

function stop(server: Server, home: string): void {
  server.closeAllConnections()
  server.close()
  rmSync(home, { recursive: true, force: true })
}
