import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import { ERRORS } from '@quorate/contracts'
import type { Verification } from '@quorate/contracts'
import { BaseCommand } from '../base-command.ts'
import { DONE } from '../outcome.ts'
import { readGroup, readReceipt } from '../verify/files.ts'
import type { FileContent } from '../verify/files.ts'

export default class Verify extends BaseCommand {
  static override summary = 'Verify a receipt, without a daemon and without a network.'
  static override description =
    'FILE holds a receipt, or the saved --json result of a command that has one. Without --group, the group of the home ' +
    'is taken. Exit code 6 when the receipt does not prove what it says.'
  static override examples = [
    {
      command: 'quorate verify receipt.json --group group.json',
      description: 'Anywhere, with the group file alone'
    },
    { command: 'quorate propose "Deploy" --json | quorate verify -', description: 'What was just decided' }
  ]
  static override args = {
    file: Args.string({
      description: 'File with the receipt, or - for standard input.',
      required: true,
      ignoreStdin: true
    })
  }
  static override flags = {
    group: Flags.string({ description: 'Group file, from `quorate group export`.', helpValue: 'FILE' })
  }

  async run(): Promise<number> {
    const { args, flags } = await this.parse(Verify)
    const session = this.session(flags)
    const group = await readGroup(session, flags.group)
    const verification = await verify(await readReceipt(session, args.file), group)
    await session.print(verification, async style =>
      (await import('../render/records.ts')).renderVerification(verification, style)
    )
    return verification.valid ? DONE : ERRORS.QRT_RECEIPT_INVALID.exit
  }
}

async function verify(content: FileContent, group: unknown): Promise<Verification> {
  if ('damage' in content) return { valid: false, kind: '', groupId: '', reason: content.damage, signers: [] }
  const { verifyReceipt } = await import('@quorate/identity')
  return verifyReceipt(content.value, group)
}
