import { expect, it } from 'vitest'
import { createStyle } from '../../../src/output/style.ts'
import { wrap } from '../../../src/output/wrap.ts'

it('breaks between words, and goes on below the text', () => {
  expect(wrap('  · one two three', { columns: 11, indent: '    ' })).toBe('  · one two\n    three')
})

it('leaves alone what fits, however it is aligned, and everything where there is no terminal', () => {
  expect(wrap('a   b', { columns: 5, indent: '' })).toBe('a   b')
  expect(wrap('one two', { columns: undefined, indent: '' })).toBe('one two')
})

it('does not break words, which may be ids', () => {
  expect(wrap('id 0123456789', { columns: 5, indent: ' ' })).toBe('id\n 0123456789')
})

it('counts no colours', () => {
  const red = createStyle(true).red('one')
  expect(wrap(`${red} two`, { columns: 7, indent: '' })).toBe(`${red} two`)
})
