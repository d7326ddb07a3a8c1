import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import type { ShownCamera } from '@/modules/wall/cameras'
import AlarmList from '@/modules/wall/components/AlarmList.vue'
import CameraTile from '@/modules/wall/components/CameraTile.vue'
import IncidentCard from '@/modules/wall/components/IncidentCard.vue'
import KpiTiles from '@/modules/wall/components/KpiTiles.vue'
import StreetTable from '@/modules/wall/components/StreetTable.vue'
import WallPanel from '@/modules/wall/components/WallPanel.vue'
import { i18n } from '@/shared/i18n'
import { alertsOf, alert, camera, snapshot } from './factories'

const global = { plugins: [i18n] }

beforeEach(() => {
  setActivePinia(createPinia())
  vi.useFakeTimers({ now: Date.parse('2026-11-22T06:32:00Z') })
})

describe('the list of alarms', () => {
  const alerts = (...items: ReturnType<typeof alert>[]) => alertsOf({ unacknowledged: 1, by_level: { 1: 1, 3: 30 }, items })
  const list = (given: ReturnType<typeof alerts>, maybeMissing = false) =>
    mount(AlarmList, { global, props: { alerts: given, selectedId: null, rows: 5, maybeMissing } })

  it('groups a flood by place and cause, and says that it does', () => {
    const flood = { is_flood: true, new: 47, above: 10, minutes: 10, groups: [{ street_path: '3299.05.01', place: '望江街道', type_code: 'E01', type_name: '停电', level: 2 as const, count: 47, unacknowledged: 40, newest_at: '2026-11-22T06:31:12Z' }] }
    const shown = list({ ...alerts(alert({ type_name: '停电' }), alert({ id: 2, type_name: '闯入' })), flood })
    expect(shown.findAll('.row').map((row) => row.find('.title').text())).toEqual(['望江街道 停电', '重点区域闯入'])
    expect(shown.text()).toContain('10 分钟内 47 条')
  })

  it('outlines what is over and nobody has seen, without a flash', () => {
    const row = list(alerts(alert({ recovered_at: '2026-11-22T06:31:30Z' }))).find('.row')
    expect([row.classes('recovered'), row.classes('unseen'), row.find('.state').text()]).toEqual([true, false, '恢复未确认'])
  })

  it('marks only what nobody has seen, in words as well as by its background', () => {
    const rows = list(alerts(alert(), alert({ id: 2, acknowledged_at: '2026-11-22T06:31:30Z' }))).findAll('.row')
    expect(rows.map((row) => [row.classes('unseen'), row.find('.state').text()])).toEqual([[true, '未确认'], [false, '已确认']])
  })

  it('says how long ago each was found', () => {
    expect(list(alerts(alert())).find('.age').text()).toBe('00:48')
  })

  it('says what happened without the place that stands below it', () => {
    expect(list(alerts(alert({ title: '生命通道占用 · 荷花社区 消防通道' }))).find('.title').text()).toBe('生命通道占用')
  })

  it('says how many more there are than fit', () => {
    expect(list(alerts(alert())).find('.more').text()).toBe('另有 30 条')
  })

  it('gives up a row to say that newer alarms may be missing', () => {
    const five = Array.from({ length: 6 }, (_, index) => alert({ id: index + 1 }))
    const stopped = list(alerts(...five), true)
    expect(stopped.findAll('.row')).toHaveLength(4)
    expect(stopped.find('.missing').text()).toBe('可能有未显示的新告警')
  })

  it('says that it is normal when there is none', () => {
    expect(list(alertsOf()).find('.none').text()).toBe('当前没有未处理的告警')
  })
})

describe('the figures', () => {
  it('turn red only where something is overdue', () => {
    const { kpis } = snapshot()
    const calm = mount(KpiTiles, { global, props: { kpis, at: null } })
    const late = mount(KpiTiles, { global, props: { kpis: { ...kpis, overdue: 2, longest_overdue_seconds: 7800 }, at: null } })
    expect(calm.findAll('.alarm')).toHaveLength(0)
    expect(late.find('.alarm').text()).toContain('最长 2小时10分')
  })

  it('are dashes while nothing is known, and where nothing was due', () => {
    const values = (given: ReturnType<typeof snapshot>['kpis'] | null) => mount(KpiTiles, { global, props: { kpis: given, at: null } }).findAll('.value').map((value) => value.text())
    expect(values(null)).toEqual(['—', '—', '—', '—', '—'])
    expect(values(snapshot().kpis).at(-1)).toBe('—')
  })

  it('of streets with five or more overdue get a box', () => {
    const street = (overdue: number) => ({ path: String(overdue), name: '望江街道', received: 1, open: 1, overdue, closed_rate: 0.926, label: [0, 0] as [number, number] })
    const table = mount(StreetTable, { global, props: { streets: [street(4), street(5)] } })
    expect(table.findAll('.many').map((cell) => cell.text())).toEqual(['5'])
    expect(table.text()).toContain('92.6%')
  })
})

describe('a camera', () => {
  const tile = (over: Partial<ShownCamera>) => mount(CameraTile, { global, props: { camera: { ...camera(), metres: 23, raised: 1, ...over } } })

  it('that is lost says for how long', () => {
    expect(tile({ state: 'dead_stream', state_since: '2026-11-22T06:31:19Z' }).find('.message').text()).toBe('信号中断 00:41')
  })

  it('without a picture yet says so, and how far it is', () => {
    const waiting = tile({ still_url: null })
    expect([waiting.find('.message').text(), waiting.find('.metres').text()]).toEqual(['暂无画面', '25 m'])
  })
})

describe('a camera whose picture may not be shown any more', () => {
  afterEach(() => vi.unstubAllGlobals())

  it('shows it no longer, nor one that was on its way', async () => {
    const asked: { onload?: () => void }[] = []
    vi.stubGlobal('Image', class { onload?: () => void; src = ''; constructor() { asked.push(this) } })
    const shown = (still_at: string | null) => ({ ...camera({ still_at, still_url: still_at && '/api/v1/cameras/3/still.jpg' }), metres: null, raised: null })
    const tile = mount(CameraTile, { global, props: { camera: shown('1') } })
    asked[0]!.onload!()
    await nextTick()
    const before = tile.find('img').exists()
    await tile.setProps({ camera: shown('2') })
    await tile.setProps({ camera: shown(null) })
    asked[1]!.onload!()
    await nextTick()
    expect([before, tile.find('img').exists()]).toEqual([true, false])
    tile.unmount()
  })
})

describe('the card of the selected alarm', () => {
  it('says level, place and who is near', () => {
    const near = { id: 1, name: '张*', kind: 'grid_worker', lng: 0, lat: 0, position_at: '', distance_m: 182 }
    const card = mount(IncidentCard, { global, props: { alert: alert(), responders: [near], still: null } })
    expect(card.text()).toContain('特急 · 望江街道 荷花社区 3号网格')
    expect(card.find('.chip').text()).toBe('张* 180 m')
  })

  it('is two lines without a picture where it is read from afar', () => {
    const near = [1, 2].map((id) => ({ id, name: `张${id}`, kind: 'grid_worker', lng: 0, lat: 0, position_at: '', distance_m: 182 }))
    const card = mount(IncidentCard, { global, props: { alert: alert(), responders: near, still: '/still.jpg', far: true } })
    expect([card.find('img').exists(), card.findAll('.chip').length, card.classes('far')]).toEqual([false, 1, true])
    expect(card.text()).toContain('重点区域闯入')
  })
})

describe('a panel', () => {
  it('offers to try again when reading failed', async () => {
    const panel = mount(WallPanel, { global, props: { title: '事件来源', panel: { kind: 'failed', error: null, since: Date.parse('2026-11-22T06:31:00Z') } } })
    expect(panel.text()).toContain('事件来源读取失败，自 14:31:00 起')
    await panel.find('button').trigger('click')
    expect(panel.emitted('retry')).toHaveLength(1)
  })

  it('says that empty is normal in the place of the data', () => {
    const panel = mount(WallPanel, { global, props: { title: 'x', panel: { kind: 'ready' }, empty: '今日还没有受理案件' }, slots: { default: 'data' } })
    expect(panel.find('.body').text()).toBe('今日还没有受理案件')
  })
})
