import { mount } from '@vue/test-utils'
import type { FeatureCollection } from 'geojson'
import { expect, test } from 'vitest'
import type { Zone } from '@/modules/dutyZones/calls'
import ZoneForm from '@/modules/dutyZones/components/ZoneForm.vue'
import { useZoneInHand } from '@/modules/dutyZones/composables/useZoneInHand'
import { boundsOf, contentOf, cornersOf, missingOf, unitFeatures, zoneFeatures } from '@/modules/dutyZones/zones'
import { i18n } from '@/shared/i18n'

const square = (west: number): number[][][] => [[[west, 0], [west + 1, 0], [west + 1, 1], [west, 1], [west, 0]]]
const unit = (code: string, zone: number | null, west: number) => ({ type: 'Feature' as const, id: west, geometry: { type: 'Polygon' as const, coordinates: square(west) }, properties: { code, zone, zone_name: zone ? '二号' : null } })
const units: FeatureCollection = { type: 'FeatureCollection', features: [unit('001', null, 0), unit('002', 8, 1), unit('003', 9, 2)] }
const zone = (part: Partial<Zone> = {}): Zone => ({
  id: 8, code: '329905001001Z001', name: '一号', kind: 'collector', person_id: 5, person: '陈采集', version: 3, community_path: 'c.d.1', community_name: '荷花', unit_grids: ['002'],
  geometry: { type: 'MultiPolygon', coordinates: [square(1)] }, ...part,
})
const park = zone({ id: 9, kind: 'park', unit_grids: [], code: '329905001001S001', geometry: { type: 'MultiPolygon', coordinates: [square(0)] } })

test('unit grids are those in hand, those of somebody else, and those nobody answers for', () => {
  expect(unitFeatures(units, new Set(['002']), 8).features.map((one) => one.properties?.mark)).toEqual(['free', 'picked', 'other'])
  expect(unitFeatures(units, new Set(), 8).features.map((one) => one.properties?.mark)).toEqual(['free', 'free', 'other'])
})

test('zones are drawn with their names, but the outline that is being drawn', () => {
  expect(zoneFeatures([zone(), park], 8, 9).features.map((one) => [one.properties?.zone, one.properties?.chosen])).toEqual([[8, true]])
})

test('only an outline of one piece without holes is moved by its corners', () => {
  expect(cornersOf({ type: 'MultiPolygon', coordinates: [square(0)] })).toHaveLength(4)
  expect(cornersOf({ type: 'MultiPolygon', coordinates: [square(0), square(3)] })).toBeNull()
  expect(cornersOf({ type: 'Polygon', coordinates: [...square(0), ...square(0)] })).toBeNull()
})

test('the map is led to all unit grids of the community, and nowhere where there are none', () => {
  expect(boundsOf(units)).toEqual([0, 0, 3, 1])
  expect(boundsOf({ type: 'FeatureCollection', features: [] })).toBeNull()
})

test('a collector gets unit grids, an exclusive zone an outline, and each says what it lacks', () => {
  const hand = useZoneInHand()
  hand.start('collector')
  expect(missingOf(hand.inHand.value!)).toEqual(['name', 'units'])
  hand.name.value = ' 一号 '
  hand.toggle('002')
  hand.toggle('001')
  hand.toggle('003')
  hand.toggle('003')
  expect(contentOf(hand.inHand.value!)).toEqual({ name: '一号', person_id: null, unit_grids: ['001', '002'], outline: null })
  hand.start('park')
  expect(missingOf(hand.inHand.value!)).toEqual(['name', 'outline'])
  for (const point of [[0, 0], [0, 0], [1, 0], [1, 1]] as const) hand.add([...point])
  expect(contentOf(hand.inHand.value!).outline).toEqual({ type: 'Polygon', coordinates: [[[0, 0], [1, 0], [1, 1], [0, 0]]] })
  expect(missingOf(hand.inHand.value!)).toEqual(['name'])
})

test('a zone that is taken up begins as it stands, and is changed by its corners', () => {
  const hand = useZoneInHand()
  hand.take(park)
  expect([hand.dirty.value, hand.points.value.length]).toEqual([false, 4])
  hand.move(0, [0.2, 0.2])
  hand.insert(0, [0.5, -0.1])
  hand.back()
  expect([hand.dirty.value, hand.points.value]).toEqual([true, [[0.2, 0.2], [0.5, -0.1], [1, 0], [1, 1]]])
})

test('an outline of several pieces stays as it is until it is drawn anew', () => {
  const hand = useZoneInHand()
  const parts = zone({ kind: 'park', geometry: { type: 'MultiPolygon', coordinates: [square(0), square(3)] } })
  hand.take(parts)
  expect([hand.several.value, contentOf(hand.inHand.value!).outline]).toEqual([true, parts.geometry])
})

test('without a map unit grids are chosen by code, but not those of somebody else', async () => {
  const hand = useZoneInHand()
  hand.take(zone())
  const form = mount(ZoneForm, { global: { plugins: [i18n] }, props: { hand, units, people: [], busy: false, asked: true, failure: null, stale: false } })
  const boxes = form.findAll('input[type=checkbox]')
  expect(boxes.map((one) => [(one.element as HTMLInputElement).checked, (one.element as HTMLInputElement).disabled])).toEqual([[false, false], [true, false], [false, true]])
  await boxes[0]!.setValue(true)
  expect([...hand.picked.value].sort()).toEqual(['001', '002'])
  expect(form.findAll('option').map((one) => one.text())).toEqual(['未指定', '陈采集'])
})

test('what is missing is said only when it was asked to be saved', async () => {
  const hand = useZoneInHand()
  hand.start('collector')
  const form = mount(ZoneForm, { global: { plugins: [i18n] }, props: { hand, units, people: [], busy: false, asked: false, failure: null, stale: false } })
  expect(form.find('[role=alert]').exists()).toBe(false)
  await form.setProps({ asked: true })
  expect(form.get('[role=alert]').text()).toContain('请填写名称')
})
