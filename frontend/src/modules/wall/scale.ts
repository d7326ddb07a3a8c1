/** How large one rem is and which arrangement is used, from the size of the window. Pure. */
export interface WallScale {
  rem: number
  shape: 'wide' | 'ultra' | 'narrow'
  /** The picture as it is laid out, px; the wall's own proportions where it stretches what it is sent. */
  width: number
  height: number
  /** What the laid-out picture is squeezed by across, so that a wall that stretches shows it right; 1 on most walls. */
  squeeze: number
}

const NARROWER_THAN = 1000
const LARGEST = 20
/** What a third of the picture needs across, in rem: the figures above the map, the card and the legend on it. */
const NARROWEST_BAND = 115

/** `6720x2160` as the share of width to height; null where it is none. */
export function aspectOf(text: string | null | undefined): number | null {
  const found = /^(\d{1,5})[x×:](\d{1,5})$/.exec(text ?? '')
  const share = found ? Number(found[1]) / Number(found[2]) : Number.NaN
  return Number.isFinite(share) && share > 0.2 && share < LARGEST ? share : null
}

export function wallScale(width: number, height: number, aspect: number | null = null): WallScale {
  if (aspect === null && (width < NARROWER_THAN || width < height)) {
    return { rem: Math.min(10, Math.max(8.5, width / 46)), shape: 'narrow', width, height, squeeze: 1 }
  }
  const across = aspect === null ? width : height * aspect
  const squeeze = width / across
  // Three panels side by side: the picture is laid out on three times the width so that nothing crosses a seam.
  if (across / height >= 3) return { rem: Math.min(across / 3 / NARROWEST_BAND, height / 108), shape: 'ultra', width: across, height, squeeze }
  return { rem: Math.min(across / 1920, height / 1080) * 10, shape: 'wide', width: across, height, squeeze }
}
