/** Parses a source file and lists what it imports. TypeScript 7 has no compiler API, so rolldown's parser does it. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseAst } from 'rolldown/parseAst'

export interface SyntaxNode {
  readonly type: string
  readonly start: number
  readonly [key: string]: unknown
}

export interface Source {
  readonly file: string
  readonly program: SyntaxNode
  lineOf(node: SyntaxNode): number
}

export interface ImportUse {
  readonly specifier: string
  /** `type` covers `import type` and `import('x').Y` in a type. */
  readonly kind: 'static' | 'type' | 'dynamic'
  readonly line: number
}

/** Called for every node; `key` is the field of `parent` that holds it. */
export type Visit = (node: SyntaxNode, parent: SyntaxNode | undefined, key: string) => void

export function readSource(root: string, file: string): Source {
  const text = readFileSync(join(root, file), 'utf8')
  const program = parseAst(
    text,
    { lang: /\.[mc]?ts$/.test(file) ? 'ts' : 'js' },
    file
  ) as unknown as SyntaxNode
  return { file, program, lineOf: node => text.slice(0, node.start).split('\n').length }
}

export function walk(source: Source, visit: Visit): void {
  visitNode(visit, source.program, { parent: undefined, key: '' })
}

export function importsOf(source: Source): ImportUse[] {
  const uses: ImportUse[] = []
  walk(source, node => {
    const found = importOf(node)
    if (found) uses.push({ ...found, line: source.lineOf(node) })
  })
  return uses
}

function importOf(node: SyntaxNode): Omit<ImportUse, 'line'> | undefined {
  switch (node.type) {
    case 'ImportDeclaration':
      return use(node['source'], node['importKind'] === 'type' ? 'type' : 'static')
    case 'ExportAllDeclaration':
    case 'ExportNamedDeclaration':
      return use(node['source'], node['exportKind'] === 'type' ? 'type' : 'static')
    case 'ImportExpression':
      return use(node['source'], 'dynamic')
    case 'TSImportType':
      return use(node['source'], 'type')
    case 'TSExternalModuleReference':
      return use(node['expression'], 'static')
    case 'CallExpression':
      return isRequire(node) ? use(firstOf(node['arguments']), 'static') : undefined
    default:
      return undefined
  }
}

function use(literal: unknown, kind: ImportUse['kind']): Omit<ImportUse, 'line'> | undefined {
  const value = isNode(literal) ? literal['value'] : undefined
  return typeof value === 'string' ? { specifier: value, kind } : undefined
}

function firstOf(list: unknown): unknown {
  return Array.isArray(list) ? list[0] : undefined
}

function isRequire(call: SyntaxNode): boolean {
  const callee = call['callee']
  return isNode(callee) && callee.type === 'Identifier' && callee['name'] === 'require'
}

function visitNode(
  visit: Visit,
  node: SyntaxNode,
  at: { parent: SyntaxNode | undefined; key: string }
): void {
  visit(node, at.parent, at.key)
  for (const [key, value] of Object.entries(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (isNode(child)) visitNode(visit, child, { parent: node, key })
    }
  }
}

export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
}
