/** Every call of the page where duty zones are drawn. */
import type { FeatureCollection } from 'geojson'
import { body, client } from '@/api/client'
import type { components } from '@/api/schema'

type Schemas = components['schemas']
export type Zone = Schemas['DutyZoneRow']
export type Kind = Zone['kind']
export type Person = Schemas['ZonePerson']
export type ZoneHistory = Schemas['ZoneHistory']
export type ZoneHistoryRow = Schemas['ZoneHistoryRow']
export type ZoneChange = Schemas['ZoneChange']
type NewZone = Schemas['NewDutyZone']

export const KINDS = ['collector', 'park', 'school', 'market', 'office', 'other'] as const satisfies readonly Kind[]
export const isExclusive = (kind: Kind): boolean => kind !== 'collector'
const PAGE = 200

/** All zones of a community, by code. */
export async function fetchZones(under: string): Promise<Zone[]> {
  const found: Zone[] = []
  for (let cursor: string | undefined; ; ) {
    const page: Schemas['DutyZonePage'] = await body(client.GET('/api/v1/duty-zones', { params: { query: { under, limit: PAGE, ...(cursor ? { cursor } : {}) } } }))
    found.push(...page.items)
    if (page.next === null) return found
    cursor = page.next
  }
}
export const fetchUnits = (under: string): Promise<FeatureCollection> => body(client.GET('/api/v1/unit-grids/geojson', { params: { query: { under } } }))
export const fetchPeople = async (under: string): Promise<Person[]> => (await body<Schemas['ZonePeople']>(client.GET('/api/v1/duty-zones/people', { params: { query: { under } } }))).items
/** Of one zone, or of all of a community with those that have ended. */
export const fetchHistory = (under: string, zone_id: number | null): Promise<ZoneHistory> =>
  body(client.GET('/api/v1/duty-zones/history', { params: { query: { under, ...(zone_id === null ? {} : { zone_id }) } } }))
export const createZone = (zone: NewZone): Promise<Zone> => body(client.POST('/api/v1/duty-zones', { body: zone }))
export const editZone = (zone_id: number, zone: Schemas['EditZone']): Promise<Zone> => body(client.PUT('/api/v1/duty-zones/{zone_id}', { params: { path: { zone_id } }, body: zone }))
export const endZone = (zone_id: number, version: number): Promise<void> => body(client.DELETE('/api/v1/duty-zones/{zone_id}', { params: { path: { zone_id }, query: { version } } }))
