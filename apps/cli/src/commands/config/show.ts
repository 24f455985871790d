import * as Flags from '@oclif/core/flags'
import { QuorateError } from '@quorate/contracts'
import type { ConfigEntry } from '@quorate/contracts'
import { BaseCommand } from '../../base-command.ts'
import { DONE } from '../../outcome.ts'
import type { Session } from '../../session.ts'

export default class ConfigShow extends BaseCommand {
  static override summary = 'Show the settings of this node.'
  static override description =
    'Those that the running daemon goes by; when none runs, those that it would start with.'
  static override examples = [
    { command: 'quorate config show', description: 'Keys and values' },
    { command: 'quorate config show --origin', description: 'And what set them: flag, env, file or default' }
  ]
  static override flags = {
    origin: Flags.boolean({ description: 'Also say what set each value.' })
  }

  async run(): Promise<number> {
    const { flags } = await this.parse(ConfigShow)
    const session = this.session(flags)
    const entries = await readEntries(session, flags.api === undefined)
    const shown = entries.map(
      ({ key, value, origin }) => [key, flags.origin ? { value, origin } : value] as const
    )
    await session.print(Object.fromEntries(shown), async style =>
      (await import('../../render/config.ts')).renderConfig(entries, flags.origin, style)
    )
    return DONE
  }
}

async function readEntries(session: Session, mayReadFile: boolean): Promise<readonly ConfigEntry[]> {
  try {
    return await session.client.config()
  } catch (error) {
    const isAway = error instanceof QuorateError && error.code === 'QRT_UNREACHABLE'
    if (!isAway || !mayReadFile) throw error
    const { readConfig } = await import('@quorate/daemon/home')
    return readConfig(session.home).entries
  }
}
