import type { Automation, Preview } from '@/modules/automation/calls'

export const automation = (changed: Partial<Automation> = {}): Automation => ({
  source: 'video', source_name: '视频', rule: 'fire_lane_blocked',
  scenario: { code: 'fire_lane_blocked', name: '生命通道占用', about_person: false, reason: '只认定通道被占用', condition: 'vehicle', condition_text: '机动车占用', precision_above: 0.97 },
  state: 'off', version: 1, confirms: true, files: false, min_precision: 0.95, min_sample: 100, window_days: 90, audit_percent: 5,
  figure: { confirmed: 208, dismissed: 2, sample: 210, ratio: 0.9905, lower: 0.966 }, needed: 100, why_not: 'off', why_not_filed: 'off', lacks: '', confirmed_by_platform: 0, sampled: 0, left: 0,
  edited_at: '2026-11-22T02:00:00Z', edited_by: '吴管理', switched_at: null, switched_by: '', stopped_because: '', stopped_lower: null, may_switch_on: true, ...changed,
})

export const preview = (changed: Partial<Preview> = {}): Preview => ({
  days: 30, examined: 40, automatic: 30, sampled: 2, confirmed: 28, dismissed: 1, undecided: 1, truncated: false,
  wrong: [{ id: 7, title: '幸福里消防通道', found_at: '2026-11-20T02:00:00Z', area_label: '望江街道', decision_reason: '画面模糊' }], ...changed,
})
