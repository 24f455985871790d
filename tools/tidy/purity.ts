/**
 * Keeps pure projects pure: no node modules, async code, clock, timer, randomness, process or network in their src.
 *
 * Names are matched wherever they are used, without looking at scopes: a local variable called `fetch` is refused
 * too, which costs a rename and spares a scope analysis.
 */
import { isBuiltin } from 'node:module'
import { isCode, listFiles } from './files.ts'
import { policyOf } from './layers.ts'
import type { Policy } from './layers.ts'
import { readProjects } from './projects.ts'
import { importsOf, isNode, readSource, walk } from './source.ts'
import type { Source, SyntaxNode } from './source.ts'
import type { Violation } from './violation.ts'

type Finding = Pick<Violation, 'rule' | 'message'>

const ASYNC_NAMES = new Set(['Promise', 'PromiseLike', 'AsyncIterable', 'AsyncIterator', 'AsyncGenerator'])

const IMPURE_NAMES = new Set(
  `Date performance setTimeout setInterval setImmediate queueMicrotask process fetch crypto console globalThis
  global require eval Function WebSocket`.split(/\s+/)
)

export function checkPurity(root: string): Violation[] {
  return readProjects(root).flatMap(project => {
    const policy = policyOf(project)
    if (!policy?.pure) return []
    const files = listFiles(root, `${project.folder}/src`).filter(isCode)
    return files.flatMap(file => checkSource(readSource(root, file), policy))
  })
}

function checkSource(source: Source, policy: Policy): Violation[] {
  const violations = checkNodeModules(source, policy)
  walk(source, (node, parent, key) => {
    const finding = checkSyntax(node) ?? checkName({ node, parent, key }, policy)
    if (finding) violations.push({ ...finding, file: source.file, line: source.lineOf(node) })
  })
  return violations
}

function checkNodeModules(source: Source, { nodeModules = [] }: Policy): Violation[] {
  return importsOf(source)
    .filter(({ specifier }) => isBuiltin(specifier) && !nodeModules.includes(specifier))
    .map(({ specifier, line }) => {
      const message = `a pure project may not use the node module '${specifier}'`
      return { rule: 'pure-node-module', message, file: source.file, line }
    })
}

function checkSyntax(node: SyntaxNode): Finding | undefined {
  if (node.type === 'ImportExpression') {
    return { rule: 'pure-dynamic-import', message: 'a pure project may not use import()' }
  }
  if (node['async'] === true || node['await'] === true || node.type === 'AwaitExpression') {
    return { rule: 'pure-async', message: 'a pure project may not use async or await' }
  }
  return undefined
}

interface Place {
  readonly node: SyntaxNode
  readonly parent: SyntaxNode | undefined
  readonly key: string
}

function checkName(place: Place, policy: Policy): Finding | undefined {
  const name = place.node['name']
  if (place.node.type !== 'Identifier' || typeof name !== 'string' || isLabel(place)) return undefined
  if (ASYNC_NAMES.has(name) && !(policy.asyncTypes && isTypeName(place))) {
    return { rule: 'pure-async', message: `a pure project may not use ${name}` }
  }
  if (name === 'Math' && !isMathCall(place)) {
    return { rule: 'pure-global', message: 'a pure project may not use Math.random, nor hand Math on' }
  }
  if (!IMPURE_NAMES.has(name)) return undefined
  return { rule: 'pure-global', message: `a pure project may not use ${name} (rename it if it is your own)` }
}

/** True where an identifier only labels something: `x.fetch`, `{ fetch: 1 }`, `interface A { fetch(): void }`. */
function isLabel({ parent, key }: Place): boolean {
  if (!parent || parent['computed'] === true) return false
  if (parent.type === 'Property') return key === 'key' // in `{ fetch }` the value follows, and is looked at
  if (parent.type === 'TSEnumMember') return key === 'id'
  return (
    ['property', 'key', 'imported', 'exported', 'right', 'label', 'qualifier'].includes(key) &&
    !isOperand(parent)
  )
}

/** Operators also have a `right`: there the identifier is a value. */
function isOperand(parent: SyntaxNode): boolean {
  return /Expression|Pattern|Statement/.test(parent.type) && parent.type !== 'MemberExpression'
}

function isTypeName({ parent }: Place): boolean {
  return (
    parent !== undefined &&
    ['TSTypeReference', 'TSInterfaceHeritage', 'TSQualifiedName'].includes(parent.type)
  )
}

/** True for `Math.max` and its like: a plain member access other than `random`. */
function isMathCall({ parent, key }: Place): boolean {
  if (parent?.type !== 'MemberExpression' || key !== 'object' || parent['computed'] === true) return false
  const property = parent['property']
  return isNode(property) && property['name'] !== 'random'
}
