import type { Style } from '../../output/style.ts'
import { wrap } from '../../output/wrap.ts'
import type { Output } from '../../terminal.ts'

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

export const createNarrator = (output: Output, style: Style): Narrator => {
  let [chapters, failures] = [0, 0]
  const line = (text = ''): void => output.write(`${text}\n`)
  const told = (text: string): void => line(wrap(text, { columns: output.columns, indent: '     ' }))
  return {
    style,
    chapter: (title, about) => {
      chapters += 1
      line()
      line(style.bold(`${style.cyan(`${chapters}`)}  ${title}`))
      told(style.dim(`   ${about}`))
    },
    doing: text => told(`   ${style.dim('·')} ${text}`),
    seen: text => told(`   ${style.green('✔')} ${text}`),
    block: text => {
      line()
      for (const row of text.split('\n'))
        line(wrap(`     ${row}`.trimEnd(), { columns: output.columns, indent: '             ' }))
      line()
    },
    failed: text => {
      failures += 1
      told(`   ${style.red('✘')} ${text}`)
    },
    get failures() {
      return failures
    }
  }
}
