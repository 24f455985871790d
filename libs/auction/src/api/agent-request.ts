import type { ConfigResult, RegisterAgentRequest } from '@quorate/contracts'
import { BUILT_IN_BID_STRATEGIES } from '../bidding/bid-strategy.ts'
import { registrationShape, type Registration } from '../wire/agent-entries.ts'
import { createEdge } from './edge.ts'
import { toBaseUnits } from './resources.ts'

/** One unit of cost per unit of work, for an agent that names no rate. */
const RATE_STANDARD = 1

const strategyIssues = (name: string, known: readonly string[]): readonly string[] =>
  known.includes(name) ? [] : [`there is no bidding strategy "${name}" (there are ${known.join(', ')})`]

/**
 * The registration that a request asks for: decimals become integers here. Rate 1 and strategy `truthful`
 * unless given; throughput and quality that are not given stay undeclared.
 * Errors: every issue, in words.
 */
export const agentFromRequest = (
  request: RegisterAgentRequest,
  strategies: readonly string[] = BUILT_IN_BID_STRATEGIES.map(({ name }) => name)
): ConfigResult<Registration> => {
  const edge = createEdge()
  const strategy = request.strategy ?? 'truthful'
  const agent: Registration = {
    name: request.name,
    capabilities: edge.fractions('capability', request.capabilities),
    capacity: toBaseUnits(edge, 'capacity', request.capacity ?? {}),
    rate: edge.micro('rate', request.rate ?? RATE_STANDARD),
    throughput: request.throughput === undefined ? null : edge.micro('throughput', request.throughput),
    quality: request.quality === undefined ? null : edge.fraction('quality', request.quality),
    strategy
  }
  const issues = [...edge.issues, ...strategyIssues(strategy, strategies)]
  if (issues.length === 0 && agent.throughput === 0) issues.push('throughput must be above 0')
  if (issues.length === 0 && registrationShape.decode(registrationShape.encode(agent)) === undefined) {
    issues.push('the name must be 1 to 63 of a-z, 0-9 and "-"; at most 32 capabilities and 16 resources')
  }
  return issues.length === 0 ? { ok: true, value: agent } : { ok: false, issues }
}
