import { describe, expect, it } from 'vitest'
import { readFrozen } from '@/shared/format/clock'
import { elapsed, spokenDuration, timeLeft } from '@/shared/format/duration'
import { change, distance, percent, wallCount } from '@/shared/format/number'
import { placeLine, withoutStreet } from '@/shared/format/place'
import { calendarDay, clockTime, fullMoment, shortMoment } from '@/shared/format/time'

const AT = '2026-11-22T06:32:00Z'

describe('times', () => {
  it('are those of the city, whatever the PC is set to', () => {
    expect(clockTime(AT)).toBe('14:32:00')
    expect(fullMoment(AT)).toBe('2026-11-22 14:32:00')
    expect(calendarDay(AT, 'zh-CN')).toBe('11月22日 周日')
  })

  it('carry the day when it is not today', () => {
    expect(shortMoment(AT, Date.parse('2026-11-22T15:00:00Z'))).toBe('14:32')
    expect(shortMoment(AT, Date.parse('2026-11-23T15:00:00Z'))).toBe('11-22 14:32')
  })

  it('are a dash when there is none', () => {
    expect(clockTime(null)).toBe('—')
    expect(fullMoment('rubbish')).toBe('—')
  })

  it('can be frozen by the address, with a plus sign as browsers deliver it', () => {
    expect(readFrozen('?now=2026-11-22T14:32:00+08:00')).toBe(Date.parse(AT))
    expect(readFrozen('?now=2026-11-22T14:32:00%2B08:00')).toBe(Date.parse(AT))
    expect(readFrozen('?x=1')).toBeNull()
  })
})

describe('lengths of time', () => {
  it.each([[48, '00:48'], [5210, '1:26:50'], [187_800, '2d 04:10'], [-5, '00:00']])('%i s has lasted %s', (seconds, text) => {
    expect(elapsed(seconds)).toBe(text)
  })

  it('over the limit carry a minus', () => {
    expect(timeLeft(-62)).toBe('−01:02')
    expect(timeLeft(252)).toBe('04:12')
  })

  it('are spoken in two units', () => {
    expect(spokenDuration(7800, 'zh-CN')).toBe('2小时10分')
    expect(spokenDuration(7800, 'en')).toBe('2 h 10 min')
    expect(spokenDuration(180_000, 'zh-CN')).toBe('2天2小时')
  })
})

describe('numbers', () => {
  it('over 9,999 are shortened on the wall', () => {
    expect(wallCount(9999, 'zh-CN')).toBe('9,999')
    expect(wallCount(12_345, 'zh-CN')).toBe('1.2万')
    expect(wallCount(20_000, 'zh-CN')).toBe('2万')
    expect(wallCount(12_345, 'en')).toBe('12.3k')
  })

  it('that nothing was divided by are a dash and not zero', () => {
    expect(percent(null)).toBe('—')
    expect(percent(0.948)).toBe('94.8')
    expect(change(8, 0)).toBeNull()
    expect(change(108, 100)).toBe('+8%')
    expect(change(90, 100)).toBe('−10%')
  })

  it('of metres are rounded to what they are worth', () => {
    expect(distance(182)).toBe('180 m')
    expect(distance(2133)).toBe('2.1 km')
  })
})

describe('places', () => {
  it('lose their street where it is already said', () => {
    expect(withoutStreet('望江街道 荷花社区 3号网格')).toBe('荷花社区 3号网格')
    expect(withoutStreet('望江街道')).toBe('望江街道')
  })

  it('are not said twice when the address begins with them', () => {
    expect(placeLine('望江街道', '望江街道 3号楼')).toBe('望江街道 3号楼')
    expect(placeLine('望江街道', '3号楼')).toBe('望江街道 · 3号楼')
  })
})
