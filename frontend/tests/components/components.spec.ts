import { describe, expect, it } from 'vitest'
import { asked, emptyFilter, type ComponentDetail, type ImportRow } from '@/modules/components/calls'
import { changesOf, emptyForm, formOf, newOf } from '@/modules/components/form'
import { againIn, isMerging, shareOf } from '@/modules/components/load'
import messages from '@/modules/components/messages'
import { EXTRA_LAYERS, layerParts, SINGLE_FROM } from '@/shared/map/layers'
import { sourceParts } from '@/shared/map/sources'
import { isNarrowed, narrowingOf, pointFilter } from '@/modules/components/narrow'

const stored = {
  id: 7, version: 3, code: '3299050103000001', type_code: 'rain_cover', address: '富春路', source: '普查', inspection_due: '2026-12-01',
  department: { unit_id: 4, name: '水务局' }, department_by_type: true, owner: { unit_id: null, name: '自来水公司' }, maintainer: { unit_id: 9, name: '排水所' },
} as unknown as ComponentDetail

describe('the form of a component', () => {
  it('sends nothing where nothing changed', () => {
    expect(changesOf(formOf(stored), stored)).toBeNull()
  })

  it('sends only what changed, with the version that was read', () => {
    expect(changesOf({ ...formOf(stored), address: '梧桐路 ' }, stored)).toEqual({ version: 3, address: '梧桐路' })
  })

  it('keeps a unit or a name of a party, never both', () => {
    expect(changesOf({ ...formOf(stored), owner_unit_id: 5 }, stored)).toEqual({ version: 3, owner_unit_id: 5, owner: '' })
  })

  it('leaves the code out for the register to give one', () => {
    expect(newOf({ ...emptyForm(), type_code: 'rain_cover' }, { lng: 118, lat: 32 })).not.toHaveProperty('code')
  })
})

describe('the list of components', () => {
  it('asks only for what was chosen, and for the sub class alone where there is one', () => {
    expect(asked({ ...emptyFilter(), text: ' 3299 ', main_class: '公用设施', type_code: 'rain_cover' })).toEqual({ text: '3299', type_code: 'rain_cover' })
  })
})

describe('an import', () => {
  const job = (over: Partial<ImportRow>) => ({ state: 'running', total: 100, read: 40, ...over }) as ImportRow

  it('tells its share where the rows are known', () => {
    expect([shareOf(job({})), shareOf(job({ total: null })), shareOf(job({ read: 200 }))]).toEqual([0.4, null, 1])
  })

  it('is written when everything is read, and asked for until it is over', () => {
    expect([isMerging(job({ read: 100 })), isMerging(job({}))]).toEqual([true, false])
    expect([againIn(job({})), againIn(job({ state: 'done' })), againIn(undefined)]).toEqual([1000, false, false])
  })
})

describe('the layers of the map', () => {
  it('come from the own server alone, each under its own name', () => {
    for (const layer of EXTRA_LAYERS) {
      const parts = layerParts(layer, 'https://own')
      expect(JSON.stringify(parts).match(/https?:\/\/[^/"]+/g)?.every((address) => address === 'https://own')).toBe(true)
      expect(parts.layers.every((one) => 'source' in one && one.source === layer)).toBe(true)
    }
  })

  it('count components below the zoom from which each is drawn', () => {
    const [bins, points] = layerParts('components', '').layers
    expect([bins!.maxzoom, points!.minzoom]).toEqual([SINGLE_FROM, SINGLE_FROM])
  })

  it('ask for tiles again after a change', () => {
    expect(JSON.stringify(layerParts('components', '', 2).source)).toContain('?v=2')
  })
})

describe('the map beside a narrowed list', () => {
  const kinds = [{ code: 'lamp', main_class: '道路' }, { code: 'cover', main_class: '公用' }, { code: 'valve', main_class: '公用' }]
  const chosen = { main_class: '', type_code: '', state: '' as const, due: false }
  it('shows all points where nothing is chosen, or what it cannot follow', () => {
    expect([pointFilter(narrowingOf(chosen, kinds)), pointFilter(narrowingOf({ ...chosen, main_class: '公用', due: true }, kinds))]).toEqual([null, null])
  })

  it('follows class, type and state', () => {
    expect(narrowingOf({ ...chosen, main_class: '公用' }, kinds).types).toEqual(['cover', 'valve'])
    expect(pointFilter(narrowingOf({ ...chosen, main_class: '公用', type_code: 'valve', state: 'lost' }, kinds))).toEqual(['all', ['in', ['get', 'type'], ['literal', ['valve']]], ['==', ['get', 'state'], 'lost']])
    expect([isNarrowed(narrowingOf(chosen, kinds)), isNarrowed(narrowingOf({ ...chosen, state: 'lost' }, kinds))]).toEqual([false, true])
  })
})

describe('further maps of the site', () => {
  const source = (tiles: string) => ({ id: 3, name: '影像', tiles, min_zoom: 8, max_zoom: 16, attribution: '' })

  it('are asked of the own address alone', () => {
    expect(JSON.stringify(sourceParts(source('/tiles/archive/3/{z}/{x}/{y}'), 'https://own'))).toContain('https://own/tiles/archive/3/')
    expect([sourceParts(source('https://other/{z}'), 'https://own'), sourceParts(source('//other/{z}'), 'https://own')]).toEqual([null, null])
  })
})

describe('the words', () => {
  const keys = (tree: object, path = ''): string[] => Object.entries(tree).flatMap(([key, value]) => (typeof value === 'object' ? keys(value as object, `${path}.${key}`) : [`${path}.${key}`]))
  it('are complete in both languages', () => {
    expect(keys(messages.en)).toEqual(keys(messages.zh))
  })
})
