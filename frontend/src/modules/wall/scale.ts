/** How large one rem is and which arrangement is used, from the size of the window. Pure. */
export interface WallScale { rem: number; shape: 'wide' | 'ultra' | 'narrow' }

const NARROWER_THAN = 1000

export function wallScale(width: number, height: number): WallScale {
  if (width < NARROWER_THAN || width < height) return { rem: Math.min(10, Math.max(8.5, width / 46)), shape: 'narrow' }
  // Three panels side by side: the picture is laid out on three times the width so that nothing crosses a seam.
  if (width / height >= 3) return { rem: Math.min(width / 5760, height / 1080) * 10, shape: 'ultra' }
  return { rem: Math.min(width / 1920, height / 1080) * 10, shape: 'wide' }
}
