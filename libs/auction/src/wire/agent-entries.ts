import { nullable, struct, uint, type ShapeType } from '@quorate/core'
import { PPM_NUMBER } from '../limits.ts'
import { agentName, amounts, label, levels, positive } from './shapes.ts'

export const AGENT_REGISTER_KIND = 'agent-register'
export const AGENT_LEAVE_KIND = 'agent-leave'

/**
 * Body of `agent-register`; the author is the peer that hosts the agent. docs/protocol/auction.md, rule A1.
 *
 * Units: capabilities and quality in ppm; capacity in base units; rate in micro cost per unit of work;
 * throughput in micro-units of work per second. `null` means not declared: nothing is then held against a
 * bid's claim.
 */
export const registrationShape = struct({
  name: agentName(),
  capabilities: levels(),
  capacity: amounts(),
  rate: uint(),
  throughput: nullable(positive()),
  quality: nullable(uint(PPM_NUMBER)),
  strategy: label()
})

export type Registration = ShapeType<typeof registrationShape>

/** Body of `agent-leave`: `[name]`. Rule A2. */
export const leaveShape = struct({ name: agentName() })

export type Leave = ShapeType<typeof leaveShape>
