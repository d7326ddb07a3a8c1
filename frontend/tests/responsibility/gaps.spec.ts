import type { FeatureCollection } from 'geojson'
import { expect, test } from 'vitest'
import type { GridGap } from '@/modules/responsibility/calls'
import { gapFeatures, gravest, having } from '@/modules/responsibility/gaps'
import messages from '@/modules/responsibility/messages'
import importMessages from '@/modules/gridImport/messages'

const gap = (path: string, lacks: GridGap['lacks']): GridGap => ({ id: 1, path, code: path, name: path, area_label: path, lacks, workers: 0, on_duty: 0 })
const outlines: FeatureCollection = {
  type: 'FeatureCollection',
  features: ['a.g001', 'a.g002', 'a.g003'].map((path) => ({ type: 'Feature', properties: { path }, geometry: { type: 'Polygon', coordinates: [] } })),
}
const gaps = [gap('a.g001', ['leader', 'on_duty']), gap('a.g003', ['leader'])]

test('only grids where somebody is missing are drawn, each by its gravest lack', () => {
  const drawn = gapFeatures(outlines, gaps, '').features.map((feature) => [feature.properties?.path, feature.properties?.gap])
  expect(drawn).toEqual([['a.g001', 'on_duty'], ['a.g003', 'leader']])
  expect(gapFeatures(outlines, gaps, 'on_duty').features).toHaveLength(1)
  expect(gapFeatures(undefined, gaps, '').features).toEqual([])
})

test('nobody on duty is graver than no worker, and that than no leader', () => {
  expect([gravest(['leader', 'full_time', 'on_duty']), gravest(['leader', 'full_time']), gravest(['leader'])]).toEqual(['on_duty', 'full_time', 'leader'])
  expect(having(gaps, 'on_duty').map((one) => one.path)).toEqual(['a.g001'])
})

const keys = (tree: object, path = ''): string[] =>
  Object.entries(tree).flatMap(([name, value]) => (typeof value === 'string' ? [`${path}${name}`] : keys(value as object, `${path}${name}.`)))

test.each([['responsibility', messages], ['gridImport', importMessages]])('%s says everything in both languages', (_, words) => {
  expect(keys(words.en)).toEqual(keys(words.zh))
})
