import type { Style } from '../../output/style.ts'

/** Tells a person what the demo does and sees. Every line is of something that was observed. */
export interface Narrator {
  readonly style: Style
  chapter(title: string, about: string): void
  /** Something that is being done now. */
  doing(text: string): void
  /** Something that was seen, as it should be. */
  seen(text: string): void
  block(text: string): void
  /** Something that is not as it should be; the demo then fails. */
  failed(text: string): void
  readonly failures: number
}

export const createNarrator = (write: (text: string) => void, style: Style): Narrator => {
  let [chapters, failures] = [0, 0]
  const line = (text = ''): void => write(`${text}\n`)
  return {
    style,
    chapter: (title, about) => {
      chapters += 1
      line()
      line(style.bold(`${style.cyan(`${chapters}`)}  ${title}`))
      line(style.dim(`   ${about}`))
    },
    doing: text => line(`   ${style.dim('·')} ${text}`),
    seen: text => line(`   ${style.green('✔')} ${text}`),
    block: text => line(indent(text)),
    failed: text => {
      failures += 1
      line(`   ${style.red('✘')} ${text}`)
    },
    get failures() {
      return failures
    }
  }
}

const indent = (text: string): string =>
  ['', ...text.split('\n').map(line => (line === '' ? '' : `     ${line}`)), ''].join('\n')
