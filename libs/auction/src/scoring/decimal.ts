/** Micro-units (or ppm) as a decimal for people, without a float: 1_250_000n is `1.25`. */
export const decimal = (micro: bigint): string => {
  const sign = micro < 0n ? '-' : ''
  const digits = (micro < 0n ? -micro : micro).toString().padStart(7, '0')
  const fraction = digits.slice(-6).replace(/0+$/, '')
  return `${sign}${digits.slice(0, -6)}${fraction === '' ? '' : `.${fraction}`}`
}
