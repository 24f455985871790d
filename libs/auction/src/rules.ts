import { QuorateError, type CborValue } from '@quorate/contracts'
import { auctionConfigSchema, STANDARD_CONFIG, type AuctionConfig } from './config.ts'
import { BUILT_IN_CATALOGUE, type Catalogue } from './scoring/catalogue.ts'

/**
 * What every peer of a group evaluates auctions by: the founding configuration and the named, versioned
 * formulae.
 */
export interface Rules {
  readonly config: AuctionConfig
  readonly catalogue: Catalogue
}

export const STANDARD_RULES: Rules = { config: STANDARD_CONFIG, catalogue: BUILT_IN_CATALOGUE }

/** Errors: QRT_CONFIG lists every setting that is wrong. */
export const createRules = (
  config: { readonly [key: string]: CborValue },
  catalogue: Catalogue = BUILT_IN_CATALOGUE
): Rules => {
  const parsed = auctionConfigSchema.parse(config)
  if (parsed.ok) return { config: parsed.value, catalogue }
  throw new QuorateError('QRT_CONFIG', `auction strategy: ${parsed.issues.join('; ')}`)
}
