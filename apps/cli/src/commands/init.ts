import * as Flags from '@oclif/core/flags'
import { BaseCommand } from '../base-command.ts'
import { COUNT, optionalNumber } from '../input/number.ts'
import { DONE } from '../outcome.ts'
import { fields } from '../output/fields.ts'
import type { Style } from '../output/style.ts'
import { quoted } from '../session.ts'
import type { Session } from '../session.ts'

interface Founded {
  readonly groupId: string
  readonly peerId: string
  readonly invite: string | null
}

export default class Init extends BaseCommand {
  static override summary = 'Found a group whose only voter is this node.'
  static override description =
    'Makes the keys and the founding document. A home that already has a group is refused.'
  static override examples = [
    {
      command: 'quorate init --name acme --member alpha',
      description: 'A group and a member name of your choice'
    }
  ]
  static override flags = {
    name: Flags.string({ description: 'Name of the group.', helpValue: 'NAME' }),
    member: Flags.string({ description: 'Name of this member in the group.', helpValue: 'NAME' }),
    'fault-tolerance': Flags.string({
      description: 'Byzantine voters to tolerate; the voters must be able to carry it.',
      helpValue: 'F'
    }),
    listen: Flags.string({
      description: 'Address for other peers to connect to, like /ip4/0.0.0.0/tcp/4150.',
      multiple: true,
      multipleNonGreedy: true,
      helpValue: 'MULTIADDR'
    })
  }

  async run(): Promise<number> {
    const { flags } = await this.parse(Init)
    const session = this.session(flags)
    const faultTolerance = optionalNumber(flags['fault-tolerance'], '--fault-tolerance', COUNT)
    const { initHome } = await import('@quorate/daemon/home')
    const made = initHome({
      home: session.home,
      ...(flags.name !== undefined && { name: flags.name }),
      ...(flags.member !== undefined && { member: flags.member }),
      ...(faultTolerance !== undefined && { faultTolerance }),
      ...(flags.listen !== undefined && { listen: flags.listen })
    })
    await session.print(made, style => renderFounded(made, session, style))
    return DONE
  }
}

function renderFounded(made: Founded, session: Session, style: Style): string {
  const flag = session.isHomeGiven ? ` --home ${quoted(session.home)}` : ''
  const rows = [
    ['Group', made.groupId],
    ['Peer id', made.peerId],
    ['Home', session.home],
    ['Invite', made.invite ?? '']
  ] as const
  return `${style.green('✔')} founded a group of one voter\n${fields(rows, style)}\n\nStart it: quorate daemon${flag}`
}
