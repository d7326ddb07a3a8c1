/** "望江街道 荷花社区 3号网格" without the street, where the street is already said. */
export function withoutStreet(areaLabel: string): string {
  const [, ...rest] = areaLabel.split(' ')
  return rest.length > 0 ? rest.join(' ') : areaLabel
}

/** An address goes after the place unless it begins with it. */
export function placeLine(areaLabel: string, address: string | null | undefined): string {
  if (!address) return areaLabel
  return address.startsWith(areaLabel) ? address : `${areaLabel} · ${address}`
}

/** "生命通道占用" of "生命通道占用 · 荷花社区 消防通道": what happened, where the place is said beside it. */
export const withoutPlace = (title: string): string => title.split(' · ')[0]!
