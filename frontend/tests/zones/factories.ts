import type { Algorithm, CameraDetail, PreviewBox, ZoneRow } from '@/modules/zones/calls'
import type { Point } from '@/modules/zones/geometry'

export const SQUARE: Point[] = [[0.2, 0.2], [0.8, 0.2], [0.8, 0.8], [0.2, 0.8]]
export const LONG_NAME = '望江街道沿江路与滨河大道交叉口东北角消防登高操作场地及生命通道重点监测区域（含地下车库出入口两侧各十五米）'

const parameter = (name: string, part: Partial<Algorithm['parameters'][number]>): Algorithm['parameters'][number] =>
  ({ name, title: name, type: 'number', default: 3, minimum: null, maximum: null, choices: [], help: null, ...part })

export const algorithm = (part: Partial<Algorithm> = {}): Algorithm => ({
  code: 'restricted_area_presence', name: '重点区域闯入/滞留', targets: ['person'], default_level: 3, default_type: 'stall', suspected: false, about_person: true, opt_in_model: false, keeps_still: false, cool_down_seconds: 30,
  parameters: [
    parameter('mode', { title: '判定方式', type: 'choice', default: 'presence', choices: ['presence', 'dwell', 'crossing'] }), parameter('seconds', { title: '持续时间（秒）', minimum: 0.5, maximum: 3600, help: '多久' }),
    parameter('at_least', { title: '最少人数', type: 'integer', default: 1, minimum: 1, maximum: 100 }), parameter('confidence', { title: '最低置信度', default: 0.4, minimum: 0.25, maximum: 0.95 }),
  ],
  sensitivity: { low: { seconds: 6 }, high: { seconds: 1.5, confidence: 0.3 } }, night: { confidence: 0.35 }, shapes: { presence: 'area', dwell: 'area', crossing: 'line' }, sees: '区域内有没有人', limits: '不识别身份', models: [], state: 'ready', state_detail: '', ...part,
})

export const row = (part: Partial<ZoneRow> = {}): ZoneRow => ({
  id: 7, version: 1, name: '水边', shape: 'area', polygon: SQUARE, algorithm: 'restricted_area_presence', parameters: { seconds: 5 }, sensitivity: 'normal', night_by: 'sun', night_parameters: {}, by_day: {}, by_night: {},
  schedule: { windows: [], light: 'any' }, ignore_still_after_seconds: null, cool_down_seconds: null, type_code: 'stall', level: null, enabled: true, state: 'active', state_detail: '', is_shadow: false, compares_with: null, ...part,
})

export const camera = (part: Partial<CameraDetail> = {}): CameraDetail => ({ id: 3, name: '河堤球机', code: 'C3', area_label: '望江街道', zones: [row()], masks: [], may_edit: true, still_url: null, ...part }) as CameraDetail

export const box = (part: Partial<PreviewBox> = {}): PreviewBox => ({ track: 1, label: 'person', score: 0.9, box: [0.4, 0.4, 0.5, 0.7], ...part })
