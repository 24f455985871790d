/** What has to be undone when the daemon stops, in the reverse order of its making; each step bounded in time. */
export interface Cleanup {
  add(name: string, undo: () => Promise<void> | void): void
  /** Runs every step once, whatever the others do. */
  run(onProblem: (name: string, error: unknown) => void): Promise<void>
}

/** Five seconds are promised for the whole stop. */
const STEP_MS_MAX = 2000

export const createCleanup = (): Cleanup => {
  const steps: { readonly name: string; readonly undo: () => Promise<void> | void }[] = []
  return {
    add: (name, undo) => void steps.push({ name, undo }),
    run: async onProblem => {
      for (let step = steps.pop(); step; step = steps.pop()) {
        try {
          await bounded(step.undo())
        } catch (error) {
          onProblem(step.name, error)
        }
      }
    }
  }
}

const bounded = async (work: Promise<void> | void): Promise<void> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`not done within ${STEP_MS_MAX} ms`)), STEP_MS_MAX)
  })
  try {
    await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
