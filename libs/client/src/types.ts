/** Objects of the control API that `@quorate/contracts` does not name yet. */
import type { AuctionRequest, AuctionView, RegisterAgentRequest } from '@quorate/contracts'

/** Tells a daemon where another member listens. */
export interface ConnectRequest {
  readonly peerId: string
  readonly addresses: readonly string[]
}

/** `--run`: the winner also executes the task. */
export interface AuctionStart extends AuctionRequest {
  readonly run?: boolean
}

export interface RunResult {
  readonly status: string
  readonly output: unknown
  readonly metrics: { readonly [metric: string]: unknown }
}

export interface AuctionState extends AuctionView {
  /** There once an auction with `run` has been carried out. */
  readonly result?: RunResult | null
}

export interface AgentRegistration extends RegisterAgentRequest {
  /** Command that the daemon runs for each event of the agent. */
  readonly exec?: string
}
