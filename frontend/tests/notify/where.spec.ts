import { describe, expect, it } from 'vitest'
import { wayTo } from '@/modules/notify/where'

const only = (...pages: string[]) => (path: string) => pages.some((page) => path.startsWith(page))

describe('where a message leads', () => {
  it('is the page on which the person deals with it', () => {
    expect(wayTo({ subject_kind: 'event', subject_id: 7 }, only('/desk'))).toBe('/desk?item=event:7')
    expect(wayTo({ subject_kind: 'order', subject_id: 3 }, only('/tickets'))).toBe('/tickets?ticket=3')
    expect(wayTo({ subject_kind: 'request', subject_id: 3 }, only('/tickets'))).toBe('/tickets')
    expect(wayTo({ subject_kind: 'task', subject_id: 3 }, only('/m'))).toBe('/m/tasks/3')
    expect(wayTo({ subject_kind: 'held_report', subject_id: 3 }, only('/intake'))).toBe('/intake')
  })

  it('is nowhere for a page that is not the person’s, and for a subject nobody knows', () => {
    expect(wayTo({ subject_kind: 'event', subject_id: 7 }, only('/m'))).toBeNull()
    expect(wayTo({ subject_kind: 'moon', subject_id: 7 }, () => true)).toBeNull()
  })
})
