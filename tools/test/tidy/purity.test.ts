import { describe, expect, it } from 'vitest'
import { checkPurity } from '../../tidy/purity.ts'
import { PROJECTS, writeRepository } from '../temp-repository.ts'

function rulesFor(text: string, project = 'consensus'): string[] {
  const root = writeRepository({ ...PROJECTS, [`libs/${project}/src/index.ts`]: text })
  return checkPurity(root).map(({ rule }) => rule)
}

describe('purity', () => {
  it.each([
    ['a node module', "import { readFileSync } from 'node:fs'", 'pure-node-module'],
    ['a node module without its prefix', "import { readFileSync } from 'fs'", 'pure-node-module'],
    ['a type of a node module', "import type { Stats } from 'node:fs'", 'pure-node-module'],
    ['node:crypto', "import { hash } from 'node:crypto'", 'pure-node-module'],
    ['a dynamic import', "export const load = () => import('./later.ts')", 'pure-dynamic-import'],
    ['the clock', 'export const now = Date.now()', 'pure-global'],
    ['the clock, handed on', 'export const clock = { Date }', 'pure-global'],
    ['performance', 'export const now = () => performance.now()', 'pure-global'],
    ['randomness', 'export const roll = () => Math.random()', 'pure-global'],
    ['randomness, taken out of Math', 'export const { random } = Math', 'pure-global'],
    ['randomness, by its name', "export const roll = () => Math['random']()", 'pure-global'],
    ['setTimeout', 'setTimeout(() => {}, 1)', 'pure-global'],
    ['setInterval', 'setInterval(() => {}, 1)', 'pure-global'],
    ['setImmediate', 'setImmediate(() => {})', 'pure-global'],
    ['queueMicrotask', 'queueMicrotask(() => {})', 'pure-global'],
    ['process', 'export const home = process.env.HOME', 'pure-global'],
    ['fetch', "export const page = fetch('http://localhost')", 'pure-global'],
    ['fetch as a right operand', 'export const f = undefined ?? fetch', 'pure-global'],
    ['globalThis', 'export const all = globalThis', 'pure-global'],
    ['an async function', 'export async function f() {}', 'pure-async'],
    ['an async method', 'export const o = { async f() {} }', 'pure-async'],
    ['top-level await', 'await 1', 'pure-async'],
    ['for await', 'export {}; for await (const x of []) x', 'pure-async'],
    ['a promise', 'export const p = Promise.resolve()', 'pure-async'],
    ['a promise as a type', 'export type P = Promise<void>', 'pure-async']
  ])('refuses %s', (_, text, rule) => {
    expect(rulesFor(text)).toEqual([rule])
  })

  it('accepts names that only label', () => {
    expect(rulesFor('export interface A { fetch(): void; performance: number }')).toEqual([])
    expect(rulesFor('export const best = (a: { process: number }) => ({ fetch: a.process })')).toEqual([])
    expect(rulesFor('export const three = Math.max(1, 3)')).toEqual([])
  })

  it('lets core use node:crypto and nothing else of node', () => {
    expect(rulesFor("import { hash } from 'node:crypto'", 'core')).toEqual([])
    expect(rulesFor("import { join } from 'node:path'", 'core')).toEqual(['pure-node-module'])
  })

  it('lets contracts name promises but not make them', () => {
    expect(rulesFor('export interface Transport { stop(): Promise<void> }', 'contracts')).toEqual([])
    expect(rulesFor('export const p = Promise.resolve()', 'contracts')).toEqual(['pure-async'])
  })

  it('leaves other layers alone', () => {
    expect(rulesFor('export const now = Date.now()', 'runtime')).toEqual([])
  })
})
