import * as Args from '@oclif/core/args'
import { BaseCommand } from '../../base-command.ts'
import { wholeId } from '../../ids.ts'
import { memberNames } from '../../members.ts'
import { DONE } from '../../outcome.ts'

export default class EvidenceShow extends BaseCommand {
  static override summary = 'Show the two signed messages that convict a peer.'
  static override examples = [
    { command: 'quorate evidence show 9c1e', description: 'What it said, and what else it said' },
    {
      command: 'quorate evidence show 9c1e --json > evidence.json',
      description: 'Keep it, with the signed bytes'
    }
  ]
  static override args = {
    id: Args.string({
      description: 'Id of the evidence, or its beginning.',
      required: true,
      ignoreStdin: true
    })
  }

  async run(): Promise<number> {
    const { args, flags } = await this.parse(EvidenceShow)
    const session = this.session(flags)
    const detail = await session.client.evidenceDetail(await wholeId(session.client, args.id, 'evidence'))
    await session.print(detail, async style => {
      const { renderEvidenceDetail } = await import('../../render/records.ts')
      return renderEvidenceDetail(detail, await memberNames(session), style)
    })
    return DONE
  }
}
