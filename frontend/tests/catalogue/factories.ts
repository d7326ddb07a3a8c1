import type { CatalogueList, CatalogueRow, CatalogueType } from '@/modules/catalogue/calls'

export const row = (changes: Partial<CatalogueRow> = {}): CatalogueRow => ({
  code: 'street_vending', number: '0501', name: '违规占道经营', category: 'event', main_class: '街面秩序', main_code: '05', sub_code: '01', version: 1,
  is_current: true, is_starting_set: true, report_group: 'enforcement', default_level: 4, default_unit_code: 'chengguan', default_unit_name: '城市管理局',
  scenario_code: '', condition_count: 1, made_at: null, made_by: '系统', ...changes,
})

const first = { version: 1, made_at: null, made_by: '' }
export const list = (...items: CatalogueRow[]): CatalogueList => ({
  items, may_edit: true, scenarios: [], units: [{ code: 'chengguan', name: '城市管理局' }],
  retired_main_classes: [],
  main_classes: [
    { category: 'part', code: '01', name: '公用设施', ...first }, { category: 'event', code: '01', name: '市容环境', ...first }, { category: 'event', code: '05', name: '街面秩序', ...first },
  ],
})

export const type = (changes: Partial<CatalogueType> = {}): CatalogueType => ({
  ...row(), check_mode: 'on_site', filing_standard: '摊点占道', needs_before_photo: false, needs_after_photo: true, needs_check_photo: false,
  verification_advised: false, allows_self_handling: true, position: 0, note: '', retired: null, open_events: 3,
  conditions: [{ code: 'blocking', text: '占用主干道或阻塞交通', closing_standard: '摊点离开', limit_type: 'urgent_hours', limit_amount: '2' }],
  versions: [{ version: 1, is_current: true, is_starting_set: true, made_at: '2026-01-05T02:00:00Z', made_by: '系统', note: '', changes: [] }],
  ...changes,
})
