import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { SceneCell, SceneShape } from '@/api/types'
import { castAsAlert } from '@/modules/wall/cast'
import { arrange, boxOf, cardZoomOf, leaderEnd, mapZoomOf, openPart, rowsIn } from '@/modules/wall/layout'
import { aspectOf, wallScale } from '@/modules/wall/scale'
import { overview, advance, toAlert, toAuto } from '@/modules/wall/scene'
import { arcminOf } from '@/modules/wall/textSize'
import { cityMinutes, reloadReason, type Vitals } from '@/modules/wall/watchdog'
import { moved, placeFor, resized, troubled } from '@/modules/scenes/grid'
import { alert } from './factories'

/** The scenes that ship, read as the server reads them; its file is plain enough for this. */
function shipped(): SceneShape[] {
  const text = readFileSync('../wall/reference_data/scenes.yaml', 'utf8')
  return text.split('  - code: ').slice(1).map((part) => {
    const cells = (side: string): SceneCell[] => {
      const block = part.slice(part.indexOf(`${side}:`)).split('\n').slice(1)
      const end = block.findIndex((line) => !line.trim().startsWith('- {'))
      return block.slice(0, end < 0 ? undefined : end).map((line) => {
        const [, panel, x, y, w, h] = /panel: (\w+), x: (\d+), y: (\d+), w: (\d+), h: (\d+)/.exec(line)!
        return { panel: panel!, x: Number(x), y: Number(y), w: Number(w), h: Number(h) }
      })
    }
    return { code: part.split('\n')[0]!, name: '', name_en: '', key: 1, watermark: false, version: 1, set_at: null, set_by: '', layout: { wide: cells('wide'), ultra: cells('ultra') } }
  })
}
const SCENES = shipped()
const WALLS: [number, number][] = [[1920, 1080], [3840, 2160], [5760, 1080], [1920, 1200]]
const ARRANGED = SCENES.flatMap((scene) => WALLS.flatMap(([width, height]) => [false, true].flatMap((far) => (['peace', 'war'] as const).map((state) => ({ scene, width, height, far, state })))))

describe('the panels of a wall', () => {
  it('are read from the shipped scenes', () => {
    expect(SCENES.map((scene) => [scene.code, scene.layout.wide.length > 5, scene.layout.ultra.length > 5])).toEqual([['daily', true, true], ['flood', true, true], ['gathering', true, true], ['demo', true, true]])
  })

  it.each(ARRANGED)('lie inside the picture and not on each other: $scene.code $width×$height far=$far $state', ({ scene, width, height, far, state }) => {
    const scale = wallScale(width, height)
    const boxes = arrange({ scene, footing: { state }, far, shape: scale.shape }).map((cell) => ({ cell, ...boxOf(cell, scale, scale) }))
    const outside = boxes.filter((box) => box.left < 0 || box.top < 8 * scale.rem || box.left + box.width > width + 0.5 || box.top + box.height > height + 0.5)
    expect(outside).toEqual([])
    const overlapping = boxes.flatMap((a, index) => boxes.slice(index + 1).filter((b) => a.left < b.left + b.width - 0.5 && b.left < a.left + a.width - 0.5 && a.top < b.top + b.height - 0.5 && b.top < a.top + a.height - 0.5).map((b) => [a.cell.panel, b.cell.panel]))
    expect(overlapping).toEqual([])
  })

  it.each(ARRANGED.filter((one) => one.width === 5760))('lie across no seam of three screens: $scene.code far=$far $state', ({ scene, width, height, far, state }) => {
    const scale = wallScale(width, height)
    expect(scale.shape).toBe('ultra')
    const boxes = arrange({ scene, footing: { state }, far, shape: 'ultra' }).map((cell) => boxOf(cell, scale, scale))
    expect(boxes.filter((box) => [1920, 3840].some((seam) => box.left < seam && seam < box.left + box.width))).toEqual([])
  })

  it('give their left column to the plan in an emergency, and to nothing else', () => {
    const cells = arrange({ scene: SCENES[0]!, footing: { state: 'war' }, far: false, shape: 'wide' })
    expect(cells.filter((cell) => cell.x === 0).map((cell) => cell.panel)).toEqual(['checklist', 'muster', 'materials', 'gauges'])
    expect(cells.map((cell) => cell.panel)).toEqual(expect.arrayContaining(['alarms', 'map', 'kpis', 'flow']))
  })

  it('are six where people sit far away, the alarms and figures among them', () => {
    const cells = arrange({ scene: SCENES[0]!, footing: null, far: true, shape: 'wide' })
    expect(cells).toHaveLength(6)
    expect(cells.map((cell) => cell.panel)).toEqual(expect.arrayContaining(['alarms', 'kpis', 'map', 'flow']))
  })

  it.each([1.35, 1.5, 1.75, 2.4].flatMap((zoom) => ([[1920, 1080], [5760, 1080]] as const).map(([width, height]) => ({ zoom, width, height }))))('leave a map read from afar most of its box: text $zoom times as large on $width×$height', ({ zoom, width, height }) => {
    const scale = wallScale(width, height)
    const map = boxOf(arrange({ scene: SCENES[0]!, footing: null, far: true, shape: scale.shape }).find((cell) => cell.panel === 'map')!, scale, scale)
    const cardZoom = cardZoomOf(zoom, map, scale.rem, true)
    const open = openPart(map, scale.rem, { far: true, cardZoom })
    expect(cardZoom).toBeGreaterThanOrEqual(Math.min(zoom, 1.7))
    expect(((open.right - open.left) * (open.bottom - open.top)) / (map.width * map.height)).toBeGreaterThan(0.35)
    const above = map.top + map.height - open.bottom > 7.4 * cardZoom * scale.rem
    const beside = map.left + map.width - open.right >= 60 * cardZoom * scale.rem
    expect(above || beside).toBe(true)
  })

  it('have names on the map as large as there is room for, and never smaller than from near', () => {
    expect(mapZoomOf(1.75, { left: 0, top: 0, right: 770, bottom: 290 }, 10)).toBeCloseTo(1.21, 1)
    expect(mapZoomOf(1.75, { left: 0, top: 0, right: 300, bottom: 100 }, 10)).toBe(1)
    expect(mapZoomOf(9, null, 10)).toBe(1.6)
  })

  it('lead to the card by the shortest way, never beside it', () => {
    const dock = { left: 100, right: 400, y: 500 }
    expect([20, 250, 900].map((x) => leaderEnd({ x }, dock, 20))).toEqual([{ x: 120, y: 500 }, { x: 250, y: 500 }, { x: 380, y: 500 }])
    expect(leaderEnd({ x: 0 }, { left: 100, right: 110, y: 5 }, 20)).toEqual({ x: 120, y: 5 })
  })

  it('show as many rows as there is room for', () => {
    expect(rowsIn(476, 10, 1, 15.4, 7)).toBe(4)
    expect(rowsIn(476, 10, 1.3, 15.4, 7)).toBe(3)
    expect(rowsIn(10, 10, 1, 15.4, 7)).toBe(1)
  })
})

describe('a wall that stretches its signal', () => {
  it('is laid out in its own proportions and squeezed to what is sent', () => {
    expect(wallScale(1920, 1080, aspectOf('6720x2160'))).toMatchObject({ shape: 'ultra', width: 3360, height: 1080 })
    expect(wallScale(1920, 1080, aspectOf('6720x2160')).rem).toBeGreaterThan(9)
    expect(wallScale(1920, 1080, aspectOf('6720x2160')).squeeze).toBeCloseTo(1920 / 3360, 5)
  })

  it('is one that says so in numbers', () => {
    expect([aspectOf('16:9'), aspectOf('wide'), aspectOf(''), aspectOf(null)]).toEqual([16 / 9, null, null, null])
  })
})

describe('what a remote control asks', () => {
  it('keeps the camera where it was sent, whatever is raised', () => {
    const sent = toAlert(overview, 7)
    expect(advance(sent, [alert()], 60_000)).toBe(sent)
    expect(advance(advance(toAuto(sent), [alert()], 0), [alert()], 3000)).toMatchObject({ mode: 'incident', alertId: 1 })
  })

  it('casts an event that no change of an alert touches', () => {
    const cast = castAsAlert({ id: 9, number: 'A', level: 1, title: 'x', area_label: 'y', lng: 1, lat: 2, reported_at: '2026-11-22T06:32:00Z' })
    expect([cast.id, cast.source, cast.acknowledged_at !== null]).toEqual([-9, 'cast', true])
  })
})

describe('the watchdog', () => {
  const NIGHT = Date.parse('2026-11-22T03:40:00+08:00')
  const calm: Vitals = { nowMs: Date.parse('2026-11-22T14:32:00+08:00'), openedMs: 0, visible: true, undrawnMs: 500, heapBytes: 2e8, connected: true, unacknowledged: 0, ownBuild: '1', serverBuild: '1' }

  it('leaves a wall alone that draws and is current', () => expect(reloadReason(calm)).toBeNull())

  it.each<[string, Partial<Vitals>]>([
    ['stuck', { undrawnMs: 10_000 }], ['memory', { heapBytes: 1.6 * 1024 ** 3 }], ['release', { serverBuild: '2' }], ['nightly', { nowMs: NIGHT }],
  ])('loads it again: %s', (reason, over) => expect(reloadReason({ ...calm, ...over })).toBe(reason))

  it.each<[string, Partial<Vitals>]>([
    ['without the server', { undrawnMs: 99_000, connected: false }], ['a release while an alarm waits', { serverBuild: '2', unacknowledged: 1 }],
    ['the night while an alarm waits', { nowMs: NIGHT, unacknowledged: 1 }], ['a night that has had its turn', { nowMs: NIGHT, openedMs: NIGHT - 60_000 }],
    ['a fault that comes back at once', { undrawnMs: 99_000, openedMs: calm.nowMs - 60_000 }], ['a tab nobody sees', { undrawnMs: 99_000, visible: false }],
  ])('waits: %s', (_why, over) => expect(reloadReason({ ...calm, ...over })).toBeNull())

  it('goes by the city\u2019s clocks', () => expect(cityMinutes(NIGHT)).toBe(220))
})

describe('the size of text', () => {
  it('is what the eye sees from the farthest seat', () => {
    expect(arcminOf(15.3, 2.7, 6)).toBeCloseTo(21.9, 0)
    expect(arcminOf(30.7, 1.35, 6)).toBeCloseTo(22, 0)
  })
})

describe('placing panels', () => {
  const limits = { columns: 24, rows: 12 }
  const cell = { panel: 'alarms', x: 2, y: 1, w: 6, h: 6 }
  const least = { code: 'alarms', min_w: 4, min_h: 4 }

  it('keeps them inside the grid and readable', () => {
    expect(moved(cell, -9, 20, limits)).toMatchObject({ x: 0, y: 6 })
    expect(resized(cell, -9, 99, least, limits)).toMatchObject({ w: 4, h: 11 })
  })

  it('finds room for another, and none where there is none', () => {
    expect(placeFor(least, [cell], limits, [])).toMatchObject({ x: 8, y: 0 })
    expect(placeFor(least, [{ panel: 'map', x: 0, y: 0, w: 24, h: 12 }], limits, [])).toBeNull()
    expect(placeFor(least, [{ panel: 'map', x: 0, y: 0, w: 6, h: 12 }], limits, [8, 16])).toMatchObject({ x: 8 })
  })

  it('tells what lies on another or across a seam', () => {
    const other = { panel: 'map', x: 7, y: 0, w: 8, h: 6 }
    expect([...troubled([cell, other], [])].sort()).toEqual(['alarms', 'map'])
    expect([...troubled([other], [8])]).toEqual(['map'])
  })
})
