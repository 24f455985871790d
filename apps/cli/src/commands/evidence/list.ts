import * as Flags from '@oclif/core/flags'
import { BaseCommand } from '../../base-command.ts'
import { findMember, memberNames } from '../../members.ts'
import { DONE } from '../../outcome.ts'

export default class EvidenceList extends BaseCommand {
  static override summary = 'List the proof that this node holds of peers that lied.'
  static override examples = [
    { command: 'quorate evidence list', description: 'All of it' },
    { command: 'quorate evidence list --member peer-3', description: 'Against one member' }
  ]
  static override flags = {
    member: Flags.string({
      description: 'Only against this member: its name, its peer id or a unique prefix of it.',
      helpValue: 'MEMBER'
    })
  }

  async run(): Promise<number> {
    const { flags } = await this.parse(EvidenceList)
    const session = this.session(flags)
    const accused =
      flags.member === undefined ? undefined : findMember(await session.client.members(), flags.member)
    const all = (await session.client.evidence()).filter(
      ({ peerId }) => peerId === (accused?.peerId ?? peerId)
    )
    await session.print(all, async style => {
      const { renderEvidence } = await import('../../render/records.ts')
      return renderEvidence(all, await memberNames(session), style)
    })
    return DONE
  }
}
