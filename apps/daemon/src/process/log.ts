import { destination, pino, stdSerializers, type Logger } from 'pino'
import type { Config } from '../home/index.ts'

/** Fields that may hold a secret, wherever in a line they stand up to the second level. */
const SECRET = ['token', 'authorization', 'privateKey', 'seed', 'key', 'invite']

/** JSON lines to standard error, written at once, so that the last line before an end is there. */
export const createLog = (level: Config['log.level']): Logger =>
  pino(
    {
      level,
      base: { pid: process.pid },
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: label => ({ level: label }) },
      serializers: { error: stdSerializers.err },
      redact: { paths: SECRET.flatMap(name => [name, `*.${name}`, `*["${name}"]`]), censor: '(secret)' }
    },
    destination({ fd: 2, sync: true })
  )
