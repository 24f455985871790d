import { parentPort, workerData } from 'node:worker_threads'
import { invariant } from '@quorate/core'
import { simulationPlugins } from '../cluster/plugins.ts'
import { runOne } from './run-one.ts'

/** A thread that runs the seeds it is sent, one after the other, and sends back what came of each. */
invariant(parentPort, 'the worker runs in a thread')
const port = parentPort
const { scenario } = workerData as { readonly scenario: string }
const plugins = simulationPlugins()

port.on('message', (seed: number) => port.postMessage(runOne(seed, { scenario, plugins })))
