/** The form of a sensor: pure, so that what is sent can be tested without a page. */
import type { SensorKind } from '@/shared/map'
import type { Changes, NewSensor, SensorDetail } from './calls'

export interface Form { code: string; name: string; kind: SensorKind | ''; address: string; maker: string; model_name: string; installed_on: string; unit_id: number | null }
export interface Place { lng: number; lat: number }

export const emptyForm = (): Form => ({ code: '', name: '', kind: '', address: '', maker: '', model_name: '', installed_on: '', unit_id: null })

export const formOf = (one: SensorDetail): Form => ({
  code: one.code, name: one.name, kind: one.kind as SensorKind, address: one.address, maker: one.maker, model_name: one.model_name, installed_on: one.installed_on ?? '', unit_id: one.unit_id,
})

/** What is still missing before it can be sent, as the key of its words. */
export function missingOf(form: Form, place: Place | null): 'needKind' | 'needCode' | 'needName' | 'needPlace' | '' {
  if (!form.kind) return 'needKind'
  if (!form.code.trim()) return 'needCode'
  if (!form.name.trim()) return 'needName'
  return place === null ? 'needPlace' : ''
}

function words(form: Form, place: Place) {
  return {
    code: form.code.trim(), name: form.name.trim(), kind: form.kind as SensorKind, address: form.address.trim(), maker: form.maker.trim(), model_name: form.model_name.trim(),
    installed_on: form.installed_on || null, unit_id: form.unit_id, ...place,
  }
}

export const newOf = (form: Form, place: Place): NewSensor => words(form, place)

/** Only what differs is sent; nothing where nothing does. */
export function changesOf(form: Form, place: Place, one: SensorDetail): Changes | null {
  const now = words(form, { lng: place.lng, lat: place.lat })
  const was = words(formOf(one), { lng: one.lng, lat: one.lat })
  const changed = Object.entries(now).filter(([key, value]) => value !== was[key as keyof typeof was])
  return changed.length > 0 ? { version: one.version, ...Object.fromEntries(changed) } : null
}
