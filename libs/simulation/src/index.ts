export * from './run.ts'
export * from './cluster.ts'
export * from './plugins.ts'
