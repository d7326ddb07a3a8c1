import { expect, test } from 'vitest'
import { byAge, daysSince, isReviewDue, minutesLeft } from '@/modules/alarms/shelf'

const NOW = Date.parse('2026-11-22T06:32:00Z')
const days = (count: number): string => new Date(NOW - count * 86_400_000).toISOString()

test('what is left on the shelf is never less than nothing', () => {
  expect(minutesLeft(new Date(NOW + 90_000).toISOString(), NOW)).toBe(2)
  expect(minutesLeft(days(1), NOW)).toBe(0)
})

test('a review is due when its day has passed, and never for what is back', () => {
  expect(isReviewDue({ review_due_at: days(1) }, NOW)).toBe(true)
  expect(isReviewDue({ review_due_at: days(-1) }, NOW)).toBe(false)
  expect(isReviewDue({ review_due_at: null }, NOW)).toBe(false)
  expect(daysSince(days(31), NOW)).toBe(31)
})

test('what has to be looked at comes first, then the oldest', () => {
  const rows = [{ id: 1, taken_out_at: days(2), review_due_at: days(-28) }, { id: 2, taken_out_at: days(20), review_due_at: days(-10) }, { id: 3, taken_out_at: days(40), review_due_at: days(10) }]
  expect(byAge(rows, NOW).map((row) => row.id)).toEqual([3, 2, 1])
})
