import * as Flags from '@oclif/core/flags'
import { BaseCommand } from '../../base-command.ts'
import { DONE } from '../../outcome.ts'
import { printDocument } from '../../output/document.ts'

export default class GroupExport extends BaseCommand {
  static override summary = 'Print what anyone needs to verify receipts of this group.'
  static override description =
    'The founding document and the voter sets of all epochs. It holds public keys only: give it to whoever shall ' +
    'check your receipts.'
  static override examples = [
    { command: 'quorate group export --out group.json', description: 'Write it to a file' },
    { command: 'quorate verify receipt.json --group group.json', description: 'Use it, on any machine' }
  ]
  static override flags = {
    out: Flags.string({ description: 'Write it to this file.', helpValue: 'FILE' })
  }

  async run(): Promise<number> {
    const { flags } = await this.parse(GroupExport)
    const session = this.session(flags)
    await printDocument(session, await session.client.group(), flags.out)
    return DONE
  }
}
