import * as Flags from '@oclif/core/flags'

/** Flags of every command. */
export const globalFlags = {
  home: Flags.string({
    description: 'Folder that holds the keys, the group and the data of the node. Default: ~/.quorate.',
    env: 'QUORATE_HOME',
    helpGroup: 'GLOBAL',
    helpValue: 'DIR',
    noCacheDefault: true
  }),
  api: Flags.string({
    description: "Control API to call: a socket path or http://127.0.0.1:PORT. Default: the home's own.",
    env: 'QUORATE_API',
    helpGroup: 'GLOBAL',
    helpValue: 'ADDRESS',
    noCacheDefault: true
  }),
  json: Flags.boolean({
    description: 'Print the result, or the error, as one JSON document.',
    helpGroup: 'GLOBAL'
  }),
  help: Flags.boolean({
    description: 'Show what the command does, its flags and examples.',
    helpGroup: 'GLOBAL'
  })
}
