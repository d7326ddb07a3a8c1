/** The form of a component: pure, so that what is sent can be tested without a page. */
import type { Changes, ComponentDetail, NewComponent } from './calls'

export interface Form {
  type_code: string; code: string; address: string; source: string; inspection_due: string
  department_id: number | null; owner_unit_id: number | null; maintainer_unit_id: number | null; owner: string; maintainer: string
}
export const PARTIES = ['maintainer', 'owner'] as const

export const emptyForm = (): Form => ({
  type_code: '', code: '', address: '', source: '', inspection_due: '', department_id: null, owner_unit_id: null, maintainer_unit_id: null, owner: '', maintainer: '',
})

/** A party that is a unit is known by its number; another one by its name alone. */
export const formOf = (one: ComponentDetail): Form => ({
  type_code: one.type_code, code: one.code, address: one.address, source: one.source, inspection_due: one.inspection_due ?? '',
  department_id: one.department_by_type ? null : one.department.unit_id,
  owner_unit_id: one.owner.unit_id, maintainer_unit_id: one.maintainer.unit_id,
  owner: one.owner.unit_id === null ? one.owner.name : '', maintainer: one.maintainer.unit_id === null ? one.maintainer.name : '',
})

/** A unit that is chosen stands for the name: both are never kept. */
function words(form: Form) {
  return {
    address: form.address.trim(), source: form.source.trim(), inspection_due: form.inspection_due || null,
    department_id: form.department_id, owner_unit_id: form.owner_unit_id, maintainer_unit_id: form.maintainer_unit_id,
    owner: form.owner_unit_id === null ? form.owner.trim() : '', maintainer: form.maintainer_unit_id === null ? form.maintainer.trim() : '',
  }
}

export function newOf(form: Form, place: { lng: number; lat: number }): NewComponent {
  const { inspection_due, ...rest } = words(form)
  return { type_code: form.type_code, ...place, ...rest, ...(inspection_due ? { inspection_due } : {}), ...(form.code.trim() ? { code: form.code.trim() } : {}) }
}

/** Only what differs is sent; nothing where nothing does. */
export function changesOf(form: Form, one: ComponentDetail): Changes | null {
  const now = { ...words(form), type_code: form.type_code }
  const was = { ...words(formOf(one)), type_code: one.type_code }
  const changed = Object.entries(now).filter(([key, value]) => value !== was[key as keyof typeof was])
  return changed.length > 0 ? { version: one.version, ...Object.fromEntries(changed) } : null
}
