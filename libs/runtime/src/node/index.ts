export * from './node.ts'
export { type LoggedEvent, EVENTS_KEPT } from './event-log.ts'
export * from './assemble.ts'
