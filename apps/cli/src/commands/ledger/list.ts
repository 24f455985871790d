import * as Flags from '@oclif/core/flags'
import { BaseCommand } from '../../base-command.ts'
import { COUNT, optionalNumber } from '../../input/number.ts'
import { DONE } from '../../outcome.ts'

export default class LedgerList extends BaseCommand {
  static override summary = 'List what the group has ordered; the same on every member.'
  static override examples = [
    { command: 'quorate ledger list --limit 20', description: 'Some entries' },
    { command: 'quorate ledger list --since 100 --json', description: 'Those after sequence number 100' }
  ]
  static override flags = {
    since: Flags.string({ description: 'Only entries after this sequence number.', helpValue: 'N' }),
    limit: Flags.string({ description: 'At most so many entries.', helpValue: 'N' })
  }

  async run(): Promise<number> {
    const { flags } = await this.parse(LedgerList)
    const session = this.session(flags)
    const entries = await session.client.ledger({
      since: optionalNumber(flags.since, '--since', COUNT),
      limit: optionalNumber(flags.limit, '--limit', { ...COUNT, min: 1 })
    })
    await session.print(entries, async style =>
      (await import('../../render/records.ts')).renderLedger(entries, style)
    )
    return DONE
  }
}
