import { describe, expect, it } from 'vitest'
import { asked, emptyFilter, type KindRow, type SensorDetail } from '@/modules/sensors/calls'
import { changesOf, emptyForm, formOf, missingOf, newOf } from '@/modules/sensors/form'
import messages from '@/modules/sensors/messages'
import { byTheme, measureOf, pointFilter } from '@/modules/sensors/narrow'
import { layerParts, SENSORS_SINGLE_FROM } from '@/shared/map/layers'
import { SENSOR_KINDS, SENSOR_SIGNS } from '@/shared/map/sensorSigns'

const PLACE = { lng: 118.7, lat: 32 }
const stored = {
  id: 7, version: 3, code: 'SW-1', name: '闸前水位', kind: 'water_level', state: 'in_use', address: '江堤', maker: '甲厂', model_name: '', installed_on: '2025-06-01', unit_id: 4, ...PLACE,
} as SensorDetail
const level = { code: 'water_level', theme: 'water', theme_name: '水务防汛', form: 'number', unit: 'm' } as KindRow
const rain = { ...level, code: 'rainfall', unit: 'mm' } as KindRow
const cover = { code: 'manhole_cover', theme: 'facility', theme_name: '市政设施', form: 'yes_no', unit: '', no_word: '关闭', yes_word: '打开' } as KindRow

describe('the form of a sensor', () => {
  it('sends nothing where nothing changed', () => {
    expect(changesOf(formOf(stored), PLACE, stored)).toBeNull()
  })

  it('sends what changed and the version that was read', () => {
    expect(changesOf({ ...formOf(stored), maker: ' 乙厂 ', installed_on: '' }, { ...PLACE, lng: 118.8 }, stored)).toEqual({ version: 3, maker: '乙厂', installed_on: null, lng: 118.8 })
  })

  it('says what is missing, one after the other', () => {
    const form = emptyForm()
    expect([missingOf(form, null), missingOf({ ...form, kind: 'gas' }, null), missingOf({ ...form, kind: 'gas', code: 'a' }, null), missingOf({ ...form, kind: 'gas', code: 'a', name: 'b' }, null), missingOf({ ...form, kind: 'gas', code: 'a', name: 'b' }, PLACE)])
      .toEqual(['needKind', 'needCode', 'needName', 'needPlace', ''])
  })

  it('registers with everything that is known', () => {
    expect(newOf({ ...emptyForm(), kind: 'gas', code: ' a ', name: 'b' }, PLACE)).toMatchObject({ code: 'a', name: 'b', kind: 'gas', installed_on: null, ...PLACE })
  })
})

describe('the list of sensors', () => {
  it('asks only for what was chosen; a kind says more than its theme', () => {
    expect(asked(emptyFilter())).toEqual({})
    expect(asked({ ...emptyFilter(), q: ' 闸 ', theme: 'water', kind: 'rainfall', state: 'in_use' })).toEqual({ q: '闸', kind: 'rainfall', state: 'in_use' })
    expect(asked({ ...emptyFilter(), theme: 'water' })).toEqual({ theme: 'water' })
  })

  it('is followed by the points of the map', () => {
    const kinds = [level, rain, cover]
    expect(pointFilter(emptyFilter(), kinds)).toBeNull()
    expect(pointFilter({ ...emptyFilter(), theme: 'water', state: 'switched_off' }, kinds)).toEqual(['all', ['in', ['get', 'kind'], ['literal', ['water_level', 'rainfall']]], ['==', ['get', 'state'], 'switched_off']])
  })

  it('offers kinds under their themes and says what each measures', () => {
    expect(byTheme([level, cover, rain]).map(([theme, , some]) => [theme, some.map((one) => one.code)])).toEqual([['water', ['water_level', 'rainfall']], ['facility', ['manhole_cover']]])
    expect([measureOf(level), measureOf(cover), measureOf(undefined)]).toEqual(['m', '关闭 / 打开', ''])
  })
})

describe('the signs on the map', () => {
  it('are different for every kind', () => {
    const drawn = SENSOR_KINDS.map((kind) => JSON.stringify(SENSOR_SIGNS[kind]))
    expect(new Set(drawn).size).toBe(drawn.length)
    expect(SENSOR_KINDS.every((kind) => Boolean(SENSOR_SIGNS[kind].lines) !== Boolean(SENSOR_SIGNS[kind].letters))).toBe(true)
  })

  it('stand one by one from where counting ends', () => {
    const [bins, points] = layerParts('sensors', '').layers
    expect([bins!.maxzoom, points!.minzoom]).toEqual([SENSORS_SINGLE_FROM, SENSORS_SINGLE_FROM])
  })
})

describe('the words', () => {
  const keys = (tree: object, path = ''): string[] => Object.entries(tree).flatMap(([key, value]) => (typeof value === 'object' ? keys(value as object, `${path}.${key}`) : [`${path}.${key}`]))
  it('are complete in both languages', () => {
    expect(keys(messages.en)).toEqual(keys(messages.zh))
  })
})
