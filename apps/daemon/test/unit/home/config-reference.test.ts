import { expect, it } from 'vitest'
import { configReference } from '../../../src/home/index.ts'

it('docs/reference/config.md says what the settings table says', async () => {
  await expect(configReference()).toMatchFileSnapshot('../../../../../docs/reference/config.md')
})
