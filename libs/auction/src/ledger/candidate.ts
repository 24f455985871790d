import { nullable, struct, uint, type ShapeType } from '@quorate/core'
import { PPM_NUMBER } from '../limits.ts'
import { positive } from '../wire/shapes.ts'

/** Utilisation is capped here: ten times the capacity. */
export const UTILISATION_PPM_MAX = 10_000_000

/**
 * An eligible agent as it stood when the auction was announced: what it had declared and its track record.
 * Later changes do not touch a running auction, and a replay finds the same inputs. Rule A6.
 */
export const candidateShape = struct({
  /** Version of the registration. */
  version: uint(),
  rate: uint(),
  throughput: nullable(positive()),
  quality: nullable(uint(PPM_NUMBER)),
  /**
   * Least distance between a required and a registered capability level, ppm; 1_000_000 when none is
   * required.
   */
  marginPpm: uint(PPM_NUMBER),
  /** Scarcest resource with this task on top, ppm of the capacity. */
  utilisationPpm: uint(UTILISATION_PPM_MAX),
  /** Beta reputation with prior and forgetting applied, ppm of an observation. */
  alpha: positive(),
  beta: positive()
})

export type Candidate = ShapeType<typeof candidateShape>
