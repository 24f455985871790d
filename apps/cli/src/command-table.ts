import type { CommandClass } from './base-command.ts'

type Load = () => Promise<{ readonly default: CommandClass }>

/** Every command, loaded only when it is called. Spelled out, so that the bundler gives each a file of its own. */
export const commands: { readonly [id: string]: Load } = {
  'agents:list': () => import('./commands/agents/list.ts'),
  'agents:register': () => import('./commands/agents/register.ts'),
  auction: () => import('./commands/auction.ts'),
  'auctions:cancel': () => import('./commands/auctions/cancel.ts'),
  'auctions:list': () => import('./commands/auctions/list.ts'),
  'auctions:replay': () => import('./commands/auctions/replay.ts'),
  'auctions:show': () => import('./commands/auctions/show.ts'),
  bid: () => import('./commands/bid.ts'),
  'config:set': () => import('./commands/config/set.ts'),
  'config:show': () => import('./commands/config/show.ts'),
  daemon: () => import('./commands/daemon.ts'),
  dev: () => import('./commands/dev.ts'),
  'evidence:list': () => import('./commands/evidence/list.ts'),
  'evidence:show': () => import('./commands/evidence/show.ts'),
  'group:export': () => import('./commands/group/export.ts'),
  init: () => import('./commands/init.ts'),
  'ledger:list': () => import('./commands/ledger/list.ts'),
  'members:list': () => import('./commands/members/list.ts'),
  peers: () => import('./commands/peers.ts'),
  'proposals:list': () => import('./commands/proposals/list.ts'),
  'proposals:show': () => import('./commands/proposals/show.ts'),
  'proposals:wait': () => import('./commands/proposals/wait.ts'),
  propose: () => import('./commands/propose.ts'),
  receipt: () => import('./commands/receipt.ts'),
  status: () => import('./commands/status.ts'),
  verify: () => import('./commands/verify.ts'),
  vote: () => import('./commands/vote.ts')
}

/** What stands before the commands of a folder. */
export const topics: { readonly [name: string]: string } = {
  agents: 'Programs that bid and vote through a node.',
  auctions: 'Auctions that the group has run.',
  config: 'Settings of this node.',
  evidence: 'Proof of Byzantine behaviour.',
  group: 'The group that this node belongs to.',
  ledger: 'What the group has ordered.',
  members: 'Who belongs to the group.',
  proposals: 'Questions put to the group.'
}
