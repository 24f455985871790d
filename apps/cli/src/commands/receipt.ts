import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import { BaseCommand } from '../base-command.ts'
import { wholeId } from '../ids.ts'
import { DONE } from '../outcome.ts'
import { printDocument } from '../output/document.ts'

export default class Receipt extends BaseCommand {
  static override summary = 'Print the receipt of a decision or an award.'
  static override description =
    'A receipt proves the outcome to anyone who holds the group file; see `quorate verify`. It is JSON with and without ' +
    '--json.'
  static override examples = [
    { command: 'quorate receipt 3f2a --out receipt.json', description: 'Write it to a file' },
    { command: 'quorate receipt 3f2a | quorate verify -', description: 'Check it at once' }
  ]
  static override args = {
    id: Args.string({
      description: 'Id of the proposal or auction, or its beginning; or a sequence number of the ledger.',
      required: true,
      ignoreStdin: true
    })
  }
  static override flags = {
    out: Flags.string({ description: 'Write it to this file.', helpValue: 'FILE' })
  }

  async run(): Promise<number> {
    const { args, flags } = await this.parse(Receipt)
    const session = this.session(flags)
    // Digits alone are a place on the ledger.
    const id = /^\d+$/.test(args.id) ? args.id : await wholeId(session.client, args.id, 'proposal', 'auction')
    await printDocument(session, await session.client.receipt(id), flags.out)
    return DONE
  }
}
