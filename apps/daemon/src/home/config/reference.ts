import { SETTINGS, SETTING_KEYS, settingVariable } from './settings.ts'

/** `docs/reference/config.md`, made of the settings table; a test holds the page and the table equal. */
export const configReference = (): string => [INTRODUCTION, ...SETTING_KEYS.map(section)].join('\n')

const INTRODUCTION = `# Settings of a node

<!-- Made by apps/daemon/src/home/config/reference.ts; \`npx vitest run -u\` in apps/daemon renews it. -->

A home's settings are in \`HOME/config.toml\`. A flag wins over an environment variable, which wins over the file, which
wins over the default; \`quorate config show --origin\` tells which it was. \`quorate config set KEY VALUE\` changes the
file at once or not at all; a running daemon takes the change up when it is started again. Unknown settings are refused.

A dotted key is a table in the file: \`ballot.policy\` is

\`\`\`toml
[ballot]
policy = "manual"
\`\`\`
`

const section = (key: (typeof SETTING_KEYS)[number]): string => {
  const { about, takes, fallback } = SETTINGS[key]
  return `## \`${key}\`

${about}

| | |
|---|---|
| takes | ${takes} |
| default | \`${JSON.stringify(fallback)}\` |
| variable | \`${settingVariable(key)}\` |
`
}
