import type { LedgerEntryView, PlacedEntry, Receipt } from '@quorate/contracts'
import { readAuction } from '@quorate/auction'
import { z } from 'zod'
import type { App } from '../app.ts'
import type { ApiContext } from '../context.ts'
import { streamEntries } from '../entries/entry-stream.ts'
import { listEvidence, showEvidence } from '../evidence-views.ts'
import { isoTime } from '../json.ts'
import { notFound, receiptAt } from '../receipts.ts'
import { idPath, problems, receipt } from '../schemas/common.ts'
import * as schema from '../schemas/proposal.ts'

const LIMIT_STANDARD = 100

/** What the group has ordered, and the proofs of it. */
export const ledgerRoutes = (app: App, api: ApiContext): void => {
  app.get(
    '/v1/ledger',
    {
      schema: {
        summary: 'Entries after a sequence number, in order; the same on every member',
        querystring: schema.ledgerQuery,
        response: { 200: z.array(schema.ledgerEntry), ...problems }
      }
    },
    ({ query }) => api.ledger.history.entries(query.since ?? 0, query.limit ?? LIMIT_STANDARD).map(entryView)
  )
  app.get(
    '/v1/receipts/:id',
    {
      schema: {
        summary: 'Proof of a decision, an award or an entry, by its id or ledger sequence',
        params: idPath,
        response: { 200: receipt, ...problems }
      }
    },
    ({ params }) => findReceipt(api, params.id)
  )
  app.get(
    '/v1/evidence',
    {
      schema: {
        summary: 'Members convicted of contradicting themselves',
        response: { 200: z.array(schema.evidenceView), ...problems }
      }
    },
    () => listEvidence(api)
  )
  app.get(
    '/v1/evidence/:id',
    {
      schema: {
        summary: 'The two messages that convict',
        params: idPath,
        response: { 200: schema.evidenceDetail, ...problems }
      }
    },
    ({ params }) => showEvidence(api, params.id)
  )
  entryRoutes(app, api)
}

const entryView = ({ sequence, entry, id, time }: PlacedEntry): LedgerEntryView => ({
  sequence,
  kind: entry.kind,
  digest: entry.digest,
  id,
  at: isoTime(time)
})

/** Errors: QRT_NOT_FOUND, also for what is known but has no outcome yet. */
const findReceipt = (api: ApiContext, id: string): Receipt => {
  const sequence = sequenceOf(api, id)
  const found = sequence === undefined ? undefined : receiptAt(api, sequence)
  if (!found) throw notFound('decision, award or entry', id)
  return found
}

const sequenceOf = (api: ApiContext, id: string): number | undefined => {
  if (/^\d{1,15}$/.test(id)) return Number(id)
  const proposal = api.orderOnly.show(id) ?? api.proposals.show(id)
  if (proposal) return proposal.sequence ?? undefined
  const auction = readAuction(api.ledger.state, id)
  return auction ? (auction.sequence ?? undefined) : api.ledger.history.find(id)
}

/** Order-only entries in bulk: NDJSON both ways. */
const entryRoutes = (app: App, api: ApiContext): void => {
  app.addContentTypeParser('application/x-ndjson', (_request, _payload, done) => done(null))
  app.post(
    '/v1/entries',
    {
      schema: {
        summary: 'Orders each line {"statement","data"}; answers a line for each as it is ordered',
        consumes: ['application/x-ndjson'],
        produces: ['application/x-ndjson'],
        response: {
          200: {
            description: 'one line for each',
            content: { 'application/x-ndjson': { schema: entryLine } }
          },
          ...problems
        }
      }
    },
    async (request, reply) => {
      reply.hijack()
      const { records, config } = api
      await streamEntries(request.raw, reply.raw, {
        records,
        inFlightMax: config['limits.entries-in-flight']
      })
    }
  )
}

const entryLine = z.union([
  z.object({ line: z.int(), entryId: z.string(), sequence: z.int(), digest: z.string() }),
  z.object({ line: z.int(), error: z.object({ code: z.string(), message: z.string() }) })
])
