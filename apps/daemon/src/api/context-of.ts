import { createAsks } from './asks.ts'
import type { ApiContext, ApiNode } from './context.ts'
import { createRecordSubmitter } from './entries/record-submitter.ts'
import { createOrderOnly } from './proposals/order-only.ts'

/** Adds to the node what the routes share. */
export const createApiContext = (api: ApiNode): ApiContext => {
  const asks = createAsks(api.node)
  const records = createRecordSubmitter({ asks, soon: work => void setImmediate(work) })
  const orderOnly = createOrderOnly({
    asks,
    records,
    self: api.signing.self,
    showOrdered: digest => api.proposals.show(digest),
    now: api.now
  })
  return { ...api, asks, records, orderOnly }
}
