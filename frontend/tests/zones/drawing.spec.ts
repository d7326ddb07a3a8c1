import { describe, expect, test } from 'vitest'
import { countingIn } from '@/modules/zones/counting'
import { differences, faultsOf, fieldOf, isChanged, maskDraft, neededShape, newDraft, usual, zoneBody, zoneDraft, type Draft } from '@/modules/zones/drafts'
import { contains, crossesItself, insertedCorner, movedCorner, movedWhole, removedCorner, shapeFault, type Point } from '@/modules/zones/geometry'
import { useHistory } from '@/modules/zones/history'
import { arrowStep, placeOf } from '@/modules/zones/pointer'
import { emptyWeek, hoursOn, isWholeHours, weekOf, windowsOf } from '@/modules/zones/week'
import { algorithm, box, LONG_NAME, row, SQUARE } from './factories'

const BOW_TIE: Point[] = [[0.1, 0.1], [0.9, 0.9], [0.9, 0.1], [0.1, 0.9]]

describe('shapes', () => {
  test.each<[string, Point[], 'area' | 'line', string | null]>([
    ['a square', SQUARE, 'area', null],
    ['two corners', SQUARE.slice(0, 2), 'area', 'corner_count'],
    ['an outline that crosses itself', BOW_TIE, 'area', 'crosses_itself'],
    ['a corner visited twice', [...SQUARE, SQUARE[0]!], 'area', 'crosses_itself'],
    ['a corner outside', [[0, 0], [1.2, 0], [1, 1]], 'area', 'outside_picture'],
    ['a speck', [[0, 0], [0.01, 0], [0.01, 0.01]], 'area', 'too_small'],
    ['a line', [[0.1, 0.5], [0.9, 0.5]], 'line', null],
    ['a line of one point', [[0.1, 0.5]], 'line', 'corner_count'],
    ['a line too short', [[0.1, 0.5], [0.11, 0.5]], 'line', 'too_small'],
    ['a line that crosses itself', BOW_TIE, 'line', 'crosses_itself'],
    ['too many corners', Array.from({ length: 41 }, (_none, at) => [0.5 + 0.4 * Math.cos(at / 6.6), 0.5 + 0.4 * Math.sin(at / 6.6)] as Point), 'area', 'corner_count'],
  ])('%s', (_what, points, shape, fault) => expect(shapeFault(points, shape)).toBe(fault))

  test('a line need not close: what crosses only by closing is no fault of it', () => {
    const open: Point[] = [[0.1, 0.1], [0.5, 0.9], [0.9, 0.1], [0.5, 0.5]]
    expect(crossesItself(open, 'line')).toBe(false)
  })
  test('a corner stays within the picture however far it is dragged', () => expect(movedCorner(SQUARE, 1, [3, -2])[1]).toEqual([1, 0]))
  test('the whole keeps its form at the edge of the picture', () => {
    expect(movedWhole(SQUARE, [0.5, 0])).toEqual([[0.4, 0.2], [1, 0.2], [1, 0.8], [0.4, 0.8]])
  })
  test('a corner is put in the middle of its edge, also of the last one', () => {
    expect(insertedCorner(SQUARE, 0, 'area')[1]).toEqual([0.5, 0.2])
    expect(insertedCorner(SQUARE, 3, 'area')[4]).toEqual([0.2, 0.5])
  })
  test('a line has no edge from its end to its beginning', () => expect(insertedCorner([[0, 0], [1, 1]], 1, 'line')).toHaveLength(2))
  test('a triangle keeps its corners', () => expect(removedCorner(SQUARE.slice(0, 3), 0, 'area')).toHaveLength(3))
  test('inside is told by the even-odd rule', () => {
    expect(contains(SQUARE, [0.5, 0.5])).toBe(true)
    expect(contains(SQUARE, [0.9, 0.5])).toBe(false)
  })
})

describe('keys and pointers', () => {
  test('an arrow is a small step, with Shift a large one, and with Ctrl none', () => {
    const key = { key: 'ArrowLeft', shiftKey: false, ctrlKey: false, metaKey: false, altKey: false }
    expect(arrowStep(key)).toEqual([-0.0025, 0])
    expect(arrowStep({ ...key, shiftKey: true })).toEqual([-0.025, 0])
    expect(arrowStep({ ...key, ctrlKey: true })).toBeNull()
  })
  test('a place is told in fractions of the picture', () => {
    const frame = { getBoundingClientRect: () => ({ left: 100, top: 50, width: 200, height: 100 }) } as unknown as Element
    expect(placeOf({ clientX: 150, clientY: 75 }, frame)).toEqual([0.25, 0.25])
  })
})

describe('steps back', () => {
  test('many steps go back and forth, and a new one ends the way forth', () => {
    const steps = useHistory(0)
    for (let step = 1; step <= 50; step += 1) steps.change(step)
    for (let step = 0; step < 50; step += 1) steps.undo()
    expect([steps.present.value, steps.mayUndo.value, steps.mayRedo.value]).toEqual([0, false, true])
    steps.redo()
    steps.change(99)
    expect([steps.present.value, steps.mayRedo.value]).toEqual([99, false])
  })
  test('a held key is one step, a pause or another move begins a new one', () => {
    let at = 0
    const steps = useHistory(0, () => at)
    steps.change(1, 'nudge')
    steps.change(2, 'nudge')
    at = 5000
    steps.change(3, 'nudge')
    steps.undo()
    expect(steps.present.value).toBe(2)
    steps.undo()
    expect(steps.present.value).toBe(0)
  })
  test('a drag is one step however slowly the hand moves, and the next drag another', () => {
    let at = 0
    const steps = useHistory(0, () => (at += 5000))
    steps.change(1, 'drag 1', true)
    steps.change(2, 'drag 1', true)
    steps.change(3, 'drag 2', true)
    steps.undo()
    expect(steps.present.value).toBe(2)
    steps.undo()
    expect(steps.present.value).toBe(0)
  })
  test('what is gone for good does not come back with a step', () => {
    const steps = useHistory([1, 2])
    steps.change([1, 2, 3])
    steps.amend((values) => values.filter((one) => one !== 2))
    steps.undo()
    expect(steps.present.value).toEqual([1])
  })
})

describe('forms', () => {
  const draft = (part: Partial<Draft> = {}): Draft => ({ ...zoneDraft(row()), ...part })

  test('a form gives back what it was made of', () => {
    expect(zoneBody(zoneDraft(row()), algorithm())).toEqual({
      name: '水边', shape: 'area', polygon: SQUARE, algorithm: 'restricted_area_presence', parameters: { seconds: 5 }, sensitivity: 'normal', night_by: 'sun', night_parameters: {}, schedule: { windows: [], light: 'any' },
      ignore_still_after_seconds: null, cool_down_seconds: null, type_code: 'stall', level: null, enabled: true,
    })
    expect(isChanged(zoneDraft(row()), { kind: 'zone', row: row() })).toBe(false)
  })
  test('a moved corner is a change, a name of sixty characters is none too long', () => {
    expect(isChanged(draft({ polygon: movedCorner(SQUARE, 0, [0.1, 0.1]) }), { kind: 'zone', row: row() })).toBe(true)
    expect(faultsOf(draft({ name: LONG_NAME }), algorithm())).toEqual({})
  })
  test.each<[string, Partial<Draft>, string, string]>([
    ['no name', { name: '  ' }, 'name', 'required'],
    ['seconds in words', { parameters: { seconds: 'soon' } }, 'parameters.seconds', 'not_a_number'],
    ['seconds past their bound', { parameters: { seconds: '4000' } }, 'parameters.seconds', 'range'],
    ['half a person', { parameters: { at_least: '1.5' } }, 'parameters.at_least', 'not_whole'],
    ['a night past its bound', { night: { seconds: '0' } }, 'night_parameters.seconds', 'range'],
    ['an area where a line is crossed', { parameters: { mode: 'crossing' } }, 'shape', 'line_needed'],
    ['a crossing outline', { polygon: BOW_TIE }, 'polygon', 'crosses_itself'],
    ['a pause longer than a day', { coolDown: '90000' }, 'coolDown', 'range'],
    ['a window without days', { schedule: { windows: [{ days: [], begins: '08:00', ends: '09:00' }], light: 'any' } }, 'schedule', 'no_hours'],
  ])('%s is told as it is written', (_what, part, field, fault) => expect(faultsOf(draft(part), algorithm())).toEqual({ [field]: fault }))

  test('a mask needs a name and a shape only', () => expect(faultsOf(maskDraft({ id: 1, version: 1, name: '窗', hides: false, polygon: SQUARE }), undefined)).toEqual({}))
  test('the value that holds follows sensitivity, night, and what was set', () => {
    const seconds = algorithm().parameters.find((one) => one.name === 'seconds')!
    expect(usual(algorithm(), seconds, draft({ parameters: {}, sensitivity: 'high' }))).toBe('1.5')
    const confidence = algorithm().parameters.find((one) => one.name === 'confidence')!
    expect(usual(algorithm(), confidence, draft({ parameters: {} }), true)).toBe('0.35')
    expect(usual(algorithm(), confidence, draft({ parameters: { confidence: '0.6' } }), true)).toBe('0.6')
  })
  test('a mode decides what is drawn', () => {
    expect(neededShape(algorithm(), {})).toBe('area')
    expect(neededShape(algorithm(), { mode: 'crossing' })).toBe('line')
  })
  test('a refused field is found in the form', () => {
    expect(fieldOf('schedule.windows.0.days')).toBe('schedule')
    expect(fieldOf('cool_down_seconds')).toBe('coolDown')
    expect(fieldOf('parameters.seconds')).toBe('parameters.seconds')
  })
  test('two versions differ in what was changed', () => {
    expect(differences(draft({ name: '我的' }), draft({ name: '他的' }))).toEqual([{ field: 'name', mine: '我的', theirs: '他的' }])
  })
})

describe('a week of hours', () => {
  test('no window is always, and always is no window', () => {
    expect(hoursOn(weekOf([]))).toBe(168)
    expect(windowsOf(emptyWeek(true))).toEqual([])
  })
  test('a night runs into the next day, and from Sunday into Monday', () => {
    const week = weekOf([{ days: [7], begins: '22:00', ends: '06:00' }])
    expect([week[6]![22], week[0]![5], week[0]![6], week[6]![5]]).toEqual([true, true, false, false])
  })
  test('days with the same hours share a window, and what is painted reads back', () => {
    const windows = [{ days: [1, 2, 3, 4, 5], begins: '08:00', ends: '18:00' }, { days: [6], begins: '22:00', ends: '24:00' }]
    expect(windowsOf(weekOf(windows))).toEqual(windows)
  })
  test('half hours are shown as hours that are on', () => {
    const windows = [{ days: [1], begins: '08:30', ends: '09:30' }]
    expect([isWholeHours(windows), hoursOn(weekOf(windows))]).toEqual([false, 2])
  })
})

describe('what counts now', () => {
  const zone = newDraft('zone', 'z', SQUARE, { algorithm: 'restricted_area_presence' })
  const boxes = [box({ track: 1 }), box({ track: 2, box: [0.85, 0.2, 0.95, 0.5] }), box({ track: 3, label: 'car' }), box({ track: 4, score: 0.3 })]

  test('what stands in the shape, is looked for and is sure enough', () => expect([...countingIn(zone, algorithm(), boxes, [], false)]).toEqual([1]))
  test('by night less is sure enough', () => expect([...countingIn(zone, algorithm(), [box({ track: 4, score: 0.36 })], [], true)]).toEqual([4]))
  test('nothing in a mask', () => expect([...countingIn(zone, algorithm(), boxes, [newDraft('mask', 'm', SQUARE)], false)]).toEqual([]))
  test('nothing in a shape that cannot be', () => expect([...countingIn({ ...zone, polygon: BOW_TIE }, algorithm(), boxes, [], false)]).toEqual([]))
})
