/** Which of the things that the camera sees now count in a shape as it is being drawn. The worker's own rule, worked out here so that it follows the mouse. */
import type { Algorithm, PreviewBox } from './calls'
import { inForce, type Draft } from './drafts'
import { contains, shapeFault, type Point } from './geometry'

/** Where a thing touches the ground. */
export const footOf = (box: PreviewBox): Point => [(box.box[0]! + box.box[2]!) / 2, box.box[3]!]

export function countingIn(draft: Draft, algorithm: Algorithm | undefined, boxes: readonly PreviewBox[], masks: readonly Draft[], dark: boolean): Set<number> {
  if (algorithm === undefined || draft.kind !== 'zone' || shapeFault(draft.polygon, draft.shape) !== null) return new Set()
  const least = inForce(algorithm, 'confidence', draft, dark)
  const hidden = masks.filter((mask) => shapeFault(mask.polygon, 'area') === null)
  const counts = (box: PreviewBox): boolean => {
    const foot = footOf(box)
    return algorithm.targets.includes(box.label) && box.score >= least && (draft.shape === 'line' || contains(draft.polygon, foot)) && !hidden.some((mask) => contains(mask.polygon, foot))
  }
  return new Set(boxes.filter(counts).map((box) => box.track))
}
