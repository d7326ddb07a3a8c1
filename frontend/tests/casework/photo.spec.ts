import { expect, test } from 'vitest'
import { limitWords } from '@/modules/casework/limits'
import { fitWithin, LARGEST_PHOTO_BYTES, refusalOf } from '@/modules/casework/photo'

test('a photo is drawn no longer than 1600 pixels and never enlarged', () => {
  expect(fitWithin({ width: 4000, height: 3000 })).toEqual({ width: 1600, height: 1200 })
  expect(fitWithin({ width: 900, height: 4000 })).toEqual({ width: 360, height: 1600 })
  expect(fitWithin({ width: 640, height: 480 })).toEqual({ width: 640, height: 480 })
})

test('a file that is too large, empty or plainly no picture is refused before it is sent', () => {
  expect(refusalOf({ size: LARGEST_PHOTO_BYTES + 1, type: 'image/jpeg' })).toBe('file_too_large')
  expect(refusalOf({ size: 10, type: 'text/plain' })).toBe('not_an_image')
  expect(refusalOf({ size: 0, type: 'image/jpeg' })).toBe('not_an_image')
  expect(refusalOf({ size: 10, type: 'image/heic' })).toBeNull()
})

test('a limit is said in its own unit', () => {
  expect(limitWords({ type: 'working_days', amount: 2 })).toEqual({ key: 'casework.limit.workingDays', amount: '2' })
  expect(limitWords({ type: 'lunar_months', amount: 0.5 })).toEqual({ key: 'casework.limit.other', amount: '0.5' })
})
