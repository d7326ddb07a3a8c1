/** Requests: which of them wait for somebody with these posts. Pure. */
import type { RequestRow, Role } from '@/api/types'

const GRANTED_BY: Readonly<Record<RequestRow['kind'], Role>> = {
  extension: 'dispatcher', leg_extension: 'dispatcher', suspension: 'dispatcher', cancel: 'duty_chief', force_close: 'leader', appeal: 'assessor',
}

export const isOpenRequest = (request: Pick<RequestRow, 'state'>): boolean => request.state === 'requested' || request.state === 'endorsed'

/** A department looks at what its handlers ask first; then the post that grants this kind decides. Whether a seat of this very centre may is told with the request itself. */
export function waitsFor(request: Pick<RequestRow, 'state' | 'kind' | 'unit'>, roles: readonly Role[], units: readonly number[]): boolean {
  if (request.state === 'requested') return roles.includes('department_desk') && request.unit !== null && units.includes(request.unit.id)
  return request.state === 'endorsed' && roles.includes(GRANTED_BY[request.kind])
}
