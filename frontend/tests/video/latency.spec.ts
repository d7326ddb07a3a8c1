import { describe, expect, it } from 'vitest'
import { catchUp, pauseBefore, shownLatency } from '@/modules/video/latency'

describe('a picture that lags', () => {
  it('plays as it is up to three seconds', () => expect(catchUp(2.9, 1)).toEqual({ rate: 1, jump: false }))
  it('plays a little faster above three, and until it has caught up', () => {
    expect(catchUp(3.1, 1)).toEqual({ rate: 1.1, jump: false })
    expect(catchUp(2.2, 1.1)).toEqual({ rate: 1.1, jump: false })
    expect(catchUp(1.7, 1.1)).toEqual({ rate: 1, jump: false })
  })
  it('jumps above eight', () => expect(catchUp(8.1, 1.1)).toEqual({ rate: 1, jump: true }))
  it('is left alone while nothing is known', () => expect(catchUp(null, 1.1)).toEqual({ rate: 1, jump: false }))
})

describe('what is said of it', () => {
  it('has a tenth of a second where it matters', () => {
    expect([shownLatency(1.24), shownLatency(-0.3), shownLatency(41.6)]).toEqual(['1.2', '0.0', '42'])
  })
  it('is tried again after growing pauses', () => {
    expect([pauseBefore(0, 1), pauseBefore(2, 1), pauseBefore(9, 1)]).toEqual([1, 4, 15])
    expect(pauseBefore(2, 0)).toBe(2)
  })
})
