import type { ReviewAlert, ReviewCard, ReviewQueue } from '@/modules/review/calls'

export const NOW = Date.parse('2026-11-22T06:00:00Z')

export const alert = (id: number, changes: Partial<ReviewAlert> = {}): ReviewAlert => ({
  id, version: 1, level: 3, found_at: '2026-11-22T05:50:00Z', last_seen_at: '2026-11-22T05:51:00Z', seen_count: 1, confidence: 0.82,
  still_url: `/media/attachments/${id}`, clip_url: `/media/attachments/${id + 1000}`, boxes: [{ label: 'person', score: 0.82, box: [0.1, 0.2, 0.3, 0.6] }],
  zone_polygon: [[0.1, 0.1], [0.9, 0.1], [0.9, 0.9]], lasted_seconds: 12, acknowledged_by: null, ...changes,
})

export const card = (id: number, changes: Partial<ReviewCard> = {}): ReviewCard => ({
  key: `7:${id}:restricted_area_presence:${id}`, camera_id: 7, camera_name: '河堤球机', zone: '闸口', algorithm: 'restricted_area_presence', algorithm_name: '重点区域闯入/滞留', suspected: false,
  limits: '雕像可能误报。', title: '有人进入', type_name: '闯入', level: 3, area_label: '望江街道', address: '', alerts: [alert(id)],
  past: { days: 90, confirmed: 8, dismissed: 2, ratio: 0.8 }, may_judge: true, held_by: [], ...changes,
})

export const queue = (cards: ReviewCard[], changes: Partial<ReviewQueue> = {}): ReviewQueue => ({
  cards, left: cards.flatMap((one) => one.alerts).length, burst_seconds: 600,
  reasons: [{ code: 'nothing_there', name: '画面中没有所报情况' }, { code: 'allowed', name: '属于正常或已许可的情况' }, { code: 'bad_picture', name: '画面模糊' }],
  as_of: '1-0', epoch: 'e', ...changes,
})
